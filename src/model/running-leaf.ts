import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import { isFinal } from '../protocol/run.ts';
import { leftBehind, observedRunning } from './observed-plan.ts';
import { runsLeaf } from './runs-leaf.ts';

type Known = Pick<Cluster, 'runs' | 'passages' | 'observed'>;

/**
 * Whether a leaf is seen to run, whatever the plan says of it: it is observed, or in progress by the plan and either a run
 * of ours is at it or it is no longer in progress than `usualMs` (its p90). A leaf that gravity left in progress when it was
 * killed looks the same in the plan (design 4); one whose run of ours has ended is nobody's. `now` in epoch ms.
 */
export function isRunning(
  cluster: Known,
  leaf: Phase,
  { usualMs, now }: { usualMs: number; now: number },
): boolean {
  if (observedRunning(cluster, leaf) !== null) return true;
  if (leaf.state !== 'in_progress') return false;
  if (cluster.runs.some((run) => run.state === 'running' && runsLeaf(run, leaf.id))) return true;
  if (leftBehind(cluster, leaf) !== null || isAbandoned(cluster, leaf)) return false;
  const elapsed = inProgressFor(cluster, leaf, now);
  return elapsed !== null && elapsed <= usualMs;
}

/**
 * Whether the run of ours that began a leaf in progress has ended with an answer: gravity waits for what it began, so that
 * nobody is left on it (a failed post-check leaves it so, nodes-facts 9.2; so does a killed gravity).
 */
export function isAbandoned({ runs, passages }: Known, leaf: Pick<Phase, 'id'>): boolean {
  const by = passages[leaf.id]?.by ?? null;
  const run = by === null ? undefined : runs.find(({ id }) => id === by);
  return run !== undefined && isFinal(run.state) && (run.exitCode !== null || run.signal !== null);
}

/**
 * How long a leaf is in progress, ms: since who runs it was seen to begin, else since gravity says so; null where nobody
 * tells, and where it is not in progress.
 */
export function inProgressFor(cluster: Known, leaf: Phase, now: number): number | null {
  const known = cluster.passages[leaf.id]?.began ?? observedRunning(cluster, leaf)?.since;
  const began = known ?? leaf.updated;
  return began === null ? null : Math.max(0, now - Date.parse(began));
}
