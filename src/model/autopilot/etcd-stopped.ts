import type { Cluster } from '../../protocol/cluster.ts';
import { phaseKind } from '../phase-kinds.ts';
import { allLeaves } from '../phase-tree.ts';

/** What stays dark between leaves because the plan itself stopped etcd: `nodes` null means on every node. */
export type EtcdStopped = { nodes: ReadonlySet<string> | null; checkers: readonly string[] };

/**
 * The etcd members that completed leaves stopped and no completed leaf started since. Without a quorum etcd's and the API
 * server's probes fail on every node until etcd is restarted (health.md 6.3), though for most of that time no leaf is in
 * progress there; and while the members return, until the last has. Null when nothing is stopped.
 */
export function etcdStopped(cluster: Cluster): EtcdStopped | null {
  const stopped = new Set<string>();
  let returning = false;
  let checkers: readonly string[] = [];
  for (const leaf of cluster.plan === null ? [] : allLeaves(cluster.plan)) {
    const { etcd, dark } = phaseKind(leaf.kind);
    const node = leaf.runsOn ?? leaf.node;
    if (leaf.state !== 'completed' || node === null) continue;
    if (etcd?.execute === 'stops') {
      stopped.add(node);
      checkers = [...(dark?.checkers ?? []), 'system-pods-checker'];
    }
    if (etcd?.execute === 'starts') returning = stopped.delete(node) || returning;
  }
  if (stopped.size === 0) return null;
  const members = cluster.plan?.servers.filter(({ role }) => role === 'master').length ?? 0;
  const quorum = Math.floor(members / 2) + 1;
  return { nodes: returning || members - stopped.size < quorum ? null : stopped, checkers };
}

/** When the plan last started an etcd member again (epoch ms), null when it never did: the endpoint is up to a minute late. */
export function etcdStarted(cluster: Cluster): number | null {
  const leaves = cluster.plan === null ? [] : allLeaves(cluster.plan);
  const ends = leaves.flatMap((leaf) => {
    const ended = cluster.passages[leaf.id]?.ended ?? null;
    const starts = phaseKind(leaf.kind).etcd?.execute === 'starts' && leaf.state === 'completed';
    return starts && ended !== null ? [Date.parse(ended)] : [];
  });
  return ends.length === 0 ? null : Math.max(...ends);
}
