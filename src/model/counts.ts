import type { Phase, PhaseState } from '../protocol/phase.ts';

export type Counts = { leaves: number } & Record<PhaseState, number>;

/** How many leaves there are and how many are in each state; groups among the phases are not counted. */
export function countLeaves(phases: readonly Phase[]): Counts {
  const counts: Counts = { leaves: 0, unstarted: 0, in_progress: 0, completed: 0, failed: 0, rolled_back: 0 };
  for (const phase of phases) {
    if (!phase.leaf) continue;
    counts.leaves += 1;
    counts[phase.state] += 1;
  }
  return counts;
}
