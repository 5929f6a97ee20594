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
  const members = etcdMembers(cluster);
  if (members.length === 0 || (cluster.health?.nodes ?? []).length === 0) return null;
  const answering = members.filter((member) => answersNow(cluster, member)).map(({ name }) => name);
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

export type EtcdMember = { name: string; ip: string };

/** The members of etcd: the masters, by the plan, else by status. */
export function etcdMembers(cluster: Cluster): EtcdMember[] {
  const planned = cluster.plan?.servers.filter((server) => server.role === 'master') ?? [];
  if (planned.length > 0) return planned.map((server) => ({ name: server.hostname, ip: server.ip }));
  const known = cluster.status?.nodes?.filter((node) => node.role === 'master') ?? [];
  return known.map((node) => ({ name: node.hostname, ip: node.ip }));
}

/** Whether the last reading of health has a member answer: status does not tell which probe failed. */
export function answersNow({ health }: Cluster, { name, ip }: EtcdMember): boolean {
  const node = health?.nodes.find((each) => each.ip === ip || each.name === name);
  return node !== undefined && etcdAnswers(node);
}

function etcdAnswers(node: HealthNode): boolean {
  if (node.state === 'offline' || node.state === 'unknown') return false;
  return !node.probes.some((probe) => probe.checker === 'etcd-healthz' && probe.state === 'failed');
}
