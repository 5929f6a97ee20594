import type { Cluster } from '../../src/protocol/cluster.ts';

/** What is left (ms) by counting leaves: each one left takes as long as those that are done took on average. */
export function countLeaves({ plan }: Cluster, elapsedMs: number): number {
  const leaves = plan?.phases.filter(({ leaf }) => leaf) ?? [];
  const done = leaves.filter(({ state }) => state === 'completed').length;
  return (elapsedMs * (leaves.length - done)) / Math.max(1, done);
}
