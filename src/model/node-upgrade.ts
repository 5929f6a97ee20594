import type { Cluster } from '../protocol/cluster.ts';

/** How far the plan is with one node, by host name: the leaves about it and how many of them are completed. */
export function upgradeOf({ plan }: Cluster, node: string): { done: number; leaves: number } {
  let done = 0;
  let leaves = 0;
  for (const phase of plan?.phases ?? []) {
    if (!phase.leaf || phase.node !== node) continue;
    leaves += 1;
    if (phase.state === 'completed') done += 1;
  }
  return { done, leaves };
}
