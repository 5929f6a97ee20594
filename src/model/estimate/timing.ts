import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { type LeafTime, leafTimes } from './leaf-time.ts';

/** What is left of the operation, ms: the middle guess, and the spread the end is honestly expected in. */
export type Left = { low: number; mid: number; high: number };

/**
 * What can be said about time at one instant. `left` of a phase is the middle guess of what is left of it, null where
 * nothing is; `isLate`: a leaf in progress is past its p90. `end` is null where no end can be said, and `why` says why.
 */
export type Timing = {
  leaf(id: string): LeafTime | null;
  left(id: string): number | null;
  isLate(id: string): boolean;
  end: Left | null;
  why: string | null;
};

/** Time of the cluster's plan as of `now` (epoch ms, the agent's clock). */
export function timingOf(cluster: Cluster, now: number): Timing {
  const leaves = cluster.plan?.phases.filter((phase) => phase.leaf) ?? [];
  const timeOf = leafTimes(cluster);
  const times = new Map(leaves.map((leaf) => [leaf.id, timeOf(leaf)] as const));
  const left = leftOf(cluster, leaves, { times, now });
  const whole = leaves.reduce((sum, leaf) => sum + (left.get(leaf.id) ?? 0), 0);
  const isOver = leaves.every(({ state }) => state === 'completed');
  return {
    leaf: (id) => times.get(id) ?? null,
    left: (id) => left.get(id) ?? null,
    isLate: (id) => isLate(cluster, id, { time: times.get(id), now }),
    end: isOver ? null : { low: whole / 2, mid: whole, high: whole * 2 },
    why: cluster.plan === null ? 'there is no plan' : isOver ? 'every leaf is completed' : null,
  };
}

type Known = { times: ReadonlyMap<string, LeafTime>; now: number };

/** Leaves first, then each group as the sum of what is below it: in 7.0 nothing of an update runs side by side. */
function leftOf(cluster: Cluster, leaves: readonly Phase[], { times, now }: Known): Map<string, number> {
  const left = new Map<string, number>();
  const parents = new Map(cluster.plan?.phases.map(({ id, parent }) => [id, parent] as const) ?? []);
  for (const leaf of leaves) {
    if (leaf.state === 'completed') continue;
    const usual = times.get(leaf.id)?.p50 ?? 0;
    const ms = leaf.state === 'in_progress' ? Math.max(0, usual - elapsed(cluster, leaf.id, now)) : usual;
    for (let id: string | null = leaf.id; id !== null; id = parents.get(id) ?? null)
      left.set(id, (left.get(id) ?? 0) + ms);
  }
  return left;
}

function isLate(
  cluster: Cluster,
  id: string,
  { time, now }: { time: LeafTime | undefined; now: number },
): boolean {
  const leaf = cluster.plan?.phases.find((phase) => phase.id === id);
  return time !== undefined && leaf?.state === 'in_progress' && elapsed(cluster, id, now) > time.p90;
}

function elapsed({ passages }: Cluster, id: string, now: number): number {
  const began = passages[id]?.began ?? null;
  return began === null ? 0 : Math.max(0, now - Date.parse(began));
}
