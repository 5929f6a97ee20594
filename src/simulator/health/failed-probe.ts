import type { Probe } from '../cluster/cluster.ts';

type Failure = Pick<Probe, 'detail' | 'error' | 'severity'>;

/** A failed probe as its checker words it; `text` instead of the usual error. Unknown checkers say nothing else. */
export function failedProbe(checker: string, text?: string): Probe {
  const { severity, ...usual } = USUAL[checker] ?? {};
  const said = text === undefined ? usual : { error: text };
  return { checker, status: 'failed', ...said, ...(severity === undefined ? {} : { severity }) };
}

/** What failing looks like (satellite.md 7): most set no severity, and that counts as critical; some only ever warn. */
const USUAL: Readonly<Record<string, Failure>> = {
  'etcd-healthz': { error: unhealthy('https://127.0.0.1:2379/health', '127.0.0.1:2379') },
  'kube-apiserver': {
    error: `Get "https://leader.telekube.local:6443/api/v1/componentstatuses/scheduler": ${refused('127.0.0.1:6443')}`,
  },
  kubelet: { error: unhealthy('http://127.0.0.1:10248/healthz', '127.0.0.1:10248') },
  docker: {
    error:
      'healthz check failed: Get "http://docker/version": dial unix /var/run/docker.sock: connect: no such file or directory',
  },
  'docker-registry': { error: unhealthy('https://leader.telekube.local:5000/v2/', '127.0.0.1:5000') },
  systemd: { detail: 'flanneld.service', error: 'failed' },
  'ip-forward': {
    detail: 'ipv4 forwarding is off, see https://www.gravitational.com/gravity/docs/faq/#ipv4-forwarding',
  },
  inotify: { detail: 'Unable to initialize inotify', error: 'too many open files' },
  'node-status': {
    detail: 'Ready/NodeStatusUnknown',
    error: 'Kubelet stopped posting node status.',
    severity: 'critical',
  },
  dns: {
    detail: "failed to resolve 'leader.telekube.local.' (A) nameserver 127.0.0.2:53",
    error: 'SERVFAIL',
  },
  'path-uid': {
    detail: 'path /var/lib/gravity owner UID is 0 but is expected to be 1000',
    severity: 'warning',
  },
  'path-gid': {
    detail: 'path /var/lib/gravity owner GID is 0 but is expected to be 1000',
    severity: 'warning',
  },
  'ping-checker': {
    detail: 'ping between nodes is higher than the allowed threshold of 15ms',
    error: 'ping latency at 20ms',
    severity: 'warning',
  },
  'nethealth-checker': {
    detail: 'overlay packet loss for a node is higher than the allowed threshold of 20%',
    error: 'current packet loss at 35%',
    severity: 'warning',
  },
  'system-pods-checker': {
    detail: 'pod kube-system/coredns-x is not running',
    error: 'coredns waiting: CrashLoopBackOff',
    severity: 'warning',
  },
  'kernel-check': {
    detail: 'Minimum recommended kernel version is 3.10.0-1127 (3.10.0-957 is installed).',
    severity: 'warning',
  },
};

function unhealthy(url: string, at: string): string {
  return `healthz check failed: Get "${url}": ${refused(at)}`;
}

function refused(at: string): string {
  return `dial tcp ${at}: connect: connection refused`;
}
