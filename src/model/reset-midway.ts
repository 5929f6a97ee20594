import type { Cluster } from '../protocol/cluster.ts';
import { meantOperation } from './active-operation.ts';
import { countLeaves } from './counts.ts';

/**
 * That the cluster's record says active although the plan's operation is in progress, which only `gravity status-reset`
 * makes it say: gravity sets it to updating first and to active last. Null where that is not so or not known.
 */
export function resetMidwayWords(cluster: Cluster): string | null {
  const { plan, status, sources } = cluster;
  const state = meantOperation(cluster)?.state ?? null;
  if (plan === null || status?.state !== 'active' || sources.status.state !== 'good') return null;
  if (state === null || !/_in_progress$/.test(state)) return null;
  const { leaves, completed, failed, in_progress: running } = countLeaves(plan.phases);
  if (completed + failed + running === 0 || completed === leaves) return null;
  return `the cluster’s record says active, while its operation is ${state}: somebody reset it (gravity status-reset)`;
}
