import type { Cluster } from '../protocol/cluster.ts';
import { isFinal } from '../protocol/run.ts';

/** How long after a change of a leaf the plan still counts as moving, ms (design 4). */
const settling = 60_000;

/**
 * Whether the operation moves: a leaf is in progress, any leaf changed in the last 60 s by the agent's clock, or a run
 * that drives the cluster is on. `now` in epoch ms. A read run moves nothing.
 */
export function isMoving(cluster: Cluster, now: number): boolean {
  if (cluster.runs.some((run) => run.lane === 'cluster' && !isFinal(run.state))) return true;
  if (cluster.plan?.phases.some((phase) => phase.leaf && phase.state === 'in_progress')) return true;
  return Object.values(cluster.passages).some((passage) => now - Date.parse(passage.changed) < settling);
}
