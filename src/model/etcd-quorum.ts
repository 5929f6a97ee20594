import type { Cluster } from '../protocol/cluster.ts';
import type { HealthNode } from '../protocol/health.ts';
import type { Phase } from '../protocol/phase.ts';
import { phaseKind } from './phase-kinds.ts';

/** Members of etcd (the masters), how many answer now, at worst while it runs and after, and how many must. */
export type EtcdOutlook = { members: number; now: number; during: number; after: number; quorum: number };

/**
 * What executing or rolling back these leaves, in this order, does to etcd. Null when it is not known which masters
 * there are or how they are: unknown, never none.
 */
export function etcdOutlook(
  cluster: Cluster,
  leaves: readonly Phase[],
  way: 'execute' | 'rollback',
): EtcdOutlook | null {
  const members = masters(cluster);
  const answering = answeringMembers(cluster, members);
  if (members.length === 0 || answering === null) return null;
  const up = new Set(answering);
  let during = up.size;
  for (const leaf of leaves) {
    const node = leaf.runsOn ?? leaf.node;
    const effect = phaseKind(leaf.kind).etcd?.[way];
    if (!effect || node === null || !members.some((each) => each.name === node)) continue;
    if (effect === 'restarts') during = Math.min(during, up.has(node) ? up.size - 1 : up.size);
    if (effect !== 'stops') up.add(node);
    else up.delete(node);
    during = Math.min(during, up.size);
  }
  const quorum = Math.floor(members.length / 2) + 1;
  return { members: members.length, now: answering.length, during, after: up.size, quorum };
}

type Member = { name: string; ip: string };

function masters(cluster: Cluster): Member[] {
  const planned = cluster.plan?.servers.filter((server) => server.role === 'master') ?? [];
  if (planned.length > 0) return planned.map((server) => ({ name: server.hostname, ip: server.ip }));
  const known = cluster.status?.nodes?.filter((node) => node.role === 'master') ?? [];
  return known.map((node) => ({ name: node.hostname, ip: node.ip }));
}

/** The names of the members that answer, by the health endpoint alone: status does not tell which probe failed. */
function answeringMembers(cluster: Cluster, members: readonly Member[]): string[] | null {
  const nodes = cluster.health?.nodes;
  if (!nodes || nodes.length === 0) return null;
  return members
    .filter(({ name, ip }) => {
      const node = nodes.find((each) => each.ip === ip || each.name === name);
      return node !== undefined && etcdAnswers(node);
    })
    .map(({ name }) => name);
}

function etcdAnswers(node: HealthNode): boolean {
  if (node.state === 'offline' || node.state === 'unknown') return false;
  return !node.probes.some((probe) => probe.checker === 'etcd-healthz' && probe.state === 'failed');
}
