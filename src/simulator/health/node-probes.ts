import type { Cluster, ClusterNode, Probe } from '../cluster/cluster.ts';

const DISK_BYTES = 214_748_364_800;

/** What every healthy node reports, in the order of recordings/satellite/healthy-3nodes. */
const ON_ALL = [
  'ip-forward',
  'br-netfilter',
  'dns',
  'node-status',
  'docker',
  'nethealth-checker',
  'etcd-healthz',
];
const ON_ROLE = {
  master: ['kube-apiserver', 'docker-registry', 'ping-checker', 'system-pods-checker'],
  node: ['kubelet'],
} as const;
const VERSIONS = ['system-version', 'docker-version', 'etcd-version', 'kubelet-version', 'serf-version'];

/** The probes a node reports now: its own, then what its work darkens, then what somebody set by hand. */
export function nodeProbes(cluster: Cluster, node: ClusterNode): Probe[] {
  const found = new Map(healthyProbes(node).map((probe) => [probe.checker, probe]));
  for (const probe of darkProbes(cluster, node)) found.set(probe.checker, probe);
  for (const [checker, probe] of node.probes) found.set(checker, probe);
  return [...found.values()];
}

function healthyProbes(node: ClusterNode): Probe[] {
  const ip = node.server.advertise_ip;
  const drift = {
    checker: 'time-drift',
    detail: `time drift between ${ip} and other nodes is within the allowed threshold of 300ms`,
    status: 'running' as const,
  };
  return [
    ...[...ON_ALL, ...ON_ROLE[node.role]].map(running),
    owner('path-uid', 'UID', 'uid'),
    owner('path-gid', 'GID', 'gid'),
    diskProbe(node.diskPercent),
    ...(node.role === 'master' ? [drift] : []),
    ...VERSIONS.map(running),
  ];
}

function running(checker: string): Probe {
  return { checker, status: 'running' };
}

function owner(checker: string, word: string, key: string): Probe {
  return {
    checker,
    detail: `path /var/lib/gravity owner ${word} is 1000`,
    status: 'running',
    checker_data: asData({ [`expected_${key}`]: 1000, [`actual_${key}`]: 1000, Path: '/var/lib/gravity' }),
  };
}

/** Warning over 80 percent, critical over 90 (satellite.md 7). */
function diskProbe(percent: number): Probe {
  const free = Math.round((DISK_BYTES * (100 - percent)) / 100);
  const left = `${Math.round(free / 1e9)} GB is available out of ${Math.round(DISK_BYTES / 1e9)} GB`;
  const data = asData({
    low_watermark: 80,
    high_watermark: 90,
    path: '/var/lib/gravity',
    total_bytes: DISK_BYTES,
    available_bytes: free,
  });
  const over = percent > 90 ? 90 : 80;
  if (percent <= 80) {
    const detail = `disk utilization on /var/lib/gravity is below 90% (${left})`;
    return { checker: 'disk-space', detail, status: 'running', checker_data: data };
  }
  const warning = over === 80 ? ', cluster will degrade if usage exceeds 90%' : '';
  const help = 'see https://gravitational.com/gravity/docs/cluster/#garbage-collection';
  return {
    checker: 'disk-space',
    detail: `disk utilization on /var/lib/gravity exceeds ${over}%, currently at ${percent}% (${left})${warning}, ${help}`,
    status: 'failed',
    checker_data: data,
    severity: over === 90 ? 'critical' : 'warning',
  };
}

function darkProbes(cluster: Cluster, node: ClusterNode): Probe[] {
  const dark: Probe[] = [];
  if (node.upgrading) dark.push(...whileUpgrading(node));
  if (!cluster.world.etcdAnswers() || node.etcdStopped) dark.push(etcdDark(node));
  if (!cluster.world.etcdAnswers() && node.role === 'master') dark.push(apiDark());
  return dark;
}

/** Planet is stopped and replaced: docker and what stands on it are gone for minutes (health.md 6.2). */
function whileUpgrading(node: ClusterNode): Probe[] {
  const socket = 'dial unix /var/run/docker.sock: connect: no such file or directory';
  const docker = failed('docker', `healthz check failed: Get "http://docker/version": ${socket}`);
  const kubelet = failed(
    'kubelet',
    `healthz check failed: Get "http://127.0.0.1:10248/healthz": ${refused('127.0.0.1:10248')}`,
  );
  return node.role === 'master' ? [docker, etcdDark(node), apiDark()] : [docker, kubelet];
}

function etcdDark({ server }: ClusterNode): Probe {
  const at = `${server.advertise_ip}:2379`;
  return failed('etcd-healthz', `healthz check failed: Get "https://${at}/health": ${refused(at)}`);
}

function apiDark(): Probe {
  return failed(
    'kube-apiserver',
    `Get "https://leader.telekube.local:6443/api/v1/componentstatuses/scheduler": ${refused('127.0.0.1:6443')}`,
  );
}

function refused(at: string): string {
  return `dial tcp ${at}: connect: connection refused`;
}

function failed(checker: string, error: string): Probe {
  return { checker, status: 'failed', error };
}

function asData(value: Record<string, unknown>): string {
  return btoa(JSON.stringify(value));
}
