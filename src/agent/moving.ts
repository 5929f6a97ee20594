import { knownState } from '../model/observed-plan.ts';
import type { Cluster } from '../protocol/cluster.ts';

/** A change is still news for this long (design 4). */
const newsMs = 60_000;

/** Whether an operation is under way: a leaf is known to be in progress, or one changed a moment ago, or a run is on. */
export function isMoving(
  cluster: Cluster,
  { runs, sinceChangeMs }: { runs: number; sinceChangeMs: number },
): boolean {
  if (runs > 0 || sinceChangeMs <= newsMs) return true;
  return (
    cluster.plan?.phases.some((each) => each.leaf && knownState(cluster, each) === 'in_progress') ?? false
  );
}
