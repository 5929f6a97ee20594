import { chance, shuffled } from '../chance.ts';
import type { Cluster, Probe } from '../cluster/cluster.ts';
import { darkProbes } from './dark-probes.ts';
import { diskProbe } from './disk-probe.ts';
import type { HealthAgent } from './health-agent.ts';
import { movedProbe } from './set-probe.ts';
import { timeDriftProbes } from './time-drift-probes.ts';
import { versionProbes } from './version-probes.ts';

/** What every healthy node reports, by recordings/satellite/healthy-3nodes. */
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

/**
 * The probes a node reports now, in the order in which they came: its own, then what its work darkens, then what somebody
 * set by hand. The checkers of the state directory come together, those of versions last (recordings/satellite).
 */
export function nodeProbes(cluster: Cluster, agent: HealthAgent): Probe[] {
  const { node, name, rounds } = agent;
  const dark = darkProbes(cluster, node);
  const silent = dark.some(({ checker }) => checker === 'kube-apiserver') ? ['system-pods-checker'] : [];
  const groups = [
    ...[...ON_ALL, ...ON_ROLE[node.role]].map((checker): Probe[] => [{ checker, status: 'running' }]),
    [
      owner('path-uid', 'UID', 'uid'),
      owner('path-gid', 'GID', 'gid'),
      diskProbe(node.diskPercent, chance(name)),
    ],
    ...(node.role === 'master' ? [timeDriftProbes(cluster, node, rounds)] : []),
  ];
  const set = [...node.probes.values()].map((probe) => movedProbe(probe, rounds));
  const versions = set.some(({ checker }) => checker === 'versions') ? [] : versionProbes(node);
  const own = [...shuffled(groups, `${name}.${rounds}`).flat(), ...versions];
  const told = own.filter(({ checker }) => !silent.includes(checker));
  return replaced(replaced(told, dark), set);
}

/** Those of `instead` take the place of the first of the checker they name; those of a checker that had none come first. */
function replaced(probes: Probe[], instead: Probe[]): Probe[] {
  const known = new Set(probes.map(({ checker }) => checker));
  const fresh = instead.filter(({ checker }) => !known.has(checker));
  const placed = probes.flatMap((probe, index) => {
    const set = instead.filter(({ checker }) => checker === probe.checker);
    if (set.length === 0) return [probe];
    return probes.findIndex(({ checker }) => checker === probe.checker) === index ? set : [];
  });
  return [...fresh, ...placed];
}

function owner(checker: string, word: string, key: string): Probe {
  return {
    checker,
    detail: `path /var/lib/gravity owner ${word} is 1000`,
    status: 'running',
    checker_data: btoa(
      JSON.stringify({ [`expected_${key}`]: 1000, [`actual_${key}`]: 1000, Path: '/var/lib/gravity' }),
    ),
  };
}
