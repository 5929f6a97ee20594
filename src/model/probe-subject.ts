import type { Probe } from '../protocol/health.ts';

/**
 * What a failed probe is about, where one checker reports on several things (satellite.md 7): the peer, the pod, the
 * unit, the condition. The measured value in the text changes every round and never counts. An empty text for a checker
 * that reports on one thing only; null where the text does not tell, as when the checker itself hung.
 */
export function probeSubject({
  checker,
  detail,
  text,
}: Pick<Probe, 'checker' | 'detail' | 'text'>): string | null {
  if (singles.has(checker)) return hung.test(text) ? null : '';
  const pattern = Object.hasOwn(subjects, checker) ? subjects[checker] : undefined;
  if (pattern === undefined) return detail === undefined ? null : withoutMeasures(detail);
  return pattern.exec(detail ?? text)?.[0] ?? null;
}

/** Whether it is not the checker that speaks but its agent: the checker gave no result within its time. */
export function isHung({ text }: Pick<Probe, 'text'>): boolean {
  return hung.test(text);
}

const hung = /checker does not comply with specified context|^checker panicked/;

/** Checkers with one probe, whatever the text: the cause of a failure may change without a recovery. */
const singles: ReadonlySet<string> = new Set([
  'kube-apiserver',
  'kubelet',
  'docker',
  'docker-registry',
  'ip-forward',
  'br-netfilter',
  'may-detach-mounts',
  'inotify',
  'disk-space',
  'path-uid',
  'path-gid',
  'kernel-check',
  'aws',
]);

/** Where the thing is named in the text of a checker with several probes. */
const subjects: Readonly<Record<string, RegExp>> = {
  'etcd-healthz': /https?:\/\/[^\s"]+/,
  'node-status': /^\w+(?=\/\w)/,
  systemd: /^[\w@.:\\-]+\.\w+/,
  'system-pods-checker': /(?<=\bpod )\S+/,
  'nethealth-checker': /(?<=\bfor node )\S+/,
  'time-drift': /(?<=\bbetween )\S+ and \S+/,
  'ping-checker': /(?<=\bbetween )\S+ and \S+/,
  dns: /(?<=\bfailed to resolve ).*?nameserver \S+/,
};

const measure =
  /(?<![\w.-])-?(?:\d+(?:\.\d+)?%|(?:\d+(?:\.\d+)?(?:h|ms|µs|us|ns|m|s))+|\d+(?:\.\d+)?\s?(?:[kKMGTP]i?)?B)(?![\w.-])/g;

function withoutMeasures(detail: string): string {
  return detail.replace(measure, '#');
}
