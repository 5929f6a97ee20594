import type { HealthNode } from '../protocol/health.ts';

/**
 * The versions a node's probes tell, by the probe's name. The texts are what the programs print, in several lines and
 * each in its own way (recordings/satellite/healthy-3nodes.body.json): what tells nothing is left out.
 */
export function probeVersions({ probes }: Pick<HealthNode, 'probes'>): Record<string, string> {
  const told = probes.flatMap(({ checker, text }) => {
    const version = checker.endsWith('-version') ? versionIn(text) : null;
    return version === null ? [] : [[checker, version] as const];
  });
  return Object.fromEntries(told);
}

/** Docker tells it in the middle of its own report, the kernel after the host's name, all others in the first line. */
function versionIn(text: string): string | null {
  const [first = ''] = text.split('\n');
  const found =
    /^\s*Server Version:\s*(\S+)/m.exec(text) ??
    /^Linux \S+ (\S+)/.exec(first) ??
    /(?:^|[\s-])v?(\d+(?:\.\d+)+[\w.+-]*)/.exec(withoutBrackets(first)) ??
    /\s(\d+)(?:\s|$)/.exec(withoutBrackets(first));
  return found?.[1] ?? null;
}

function withoutBrackets(line: string): string {
  return line.replace(/\(.*/, '');
}
