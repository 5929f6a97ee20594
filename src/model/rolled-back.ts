import type { Cluster } from '../protocol/cluster.ts';
import { meantOperation } from './active-operation.ts';
import { knownState } from './observed-plan.ts';
import { allLeaves } from './phase-tree.ts';

/**
 * When the last phase of an operation was rolled back, where all that ran was and gravity has closed the operation as failed
 * and made the cluster active again (nodes-facts 4.4): it is over, and nothing of it is left to do. ISO, empty where no phase
 * has a stamp; null while it is not over.
 */
export function rolledBackAt(cluster: Cluster): string | null {
  const { plan, status } = cluster;
  if (plan === null || meantOperation(cluster)?.state !== 'failed') return null;
  if (/^updating/.test(status?.state ?? '')) return null;
  const leaves = allLeaves(plan);
  const states = leaves.map((leaf) => knownState(cluster, leaf));
  if (!states.includes('rolled_back')) return null;
  if (states.some((state) => state !== 'rolled_back' && state !== 'unstarted')) return null;
  const stamps = leaves.flatMap(({ state, updated }) =>
    state === 'rolled_back' && updated ? [updated] : [],
  );
  return stamps.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? '';
}
