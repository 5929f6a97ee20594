import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import { runsLeaf } from './runs-leaf.ts';

/**
 * Whether a leaf in progress is seen to run: a run of ours is at it, or it is no longer in progress than `usualMs` (its
 * p90). A leaf that gravity left in progress when it was killed looks the same in the plan (design 4). `now` in epoch ms.
 */
export function isRunning(
  cluster: Pick<Cluster, 'runs' | 'passages'>,
  leaf: Phase,
  { usualMs, now }: { usualMs: number; now: number },
): boolean {
  if (leaf.state !== 'in_progress') return false;
  if (cluster.runs.some((run) => run.state === 'running' && runsLeaf(run, leaf.id))) return true;
  const elapsed = inProgressFor(cluster, leaf, now);
  return elapsed !== null && elapsed <= usualMs;
}

/** How long a leaf is in progress, ms: since it was seen to begin, else since gravity says so; null where nobody tells. */
export function inProgressFor(
  { passages }: Pick<Cluster, 'passages'>,
  leaf: Phase,
  now: number,
): number | null {
  const began = passages[leaf.id]?.began ?? leaf.updated;
  return began === null ? null : Math.max(0, now - Date.parse(began));
}
