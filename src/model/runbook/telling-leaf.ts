import type { Phase } from '../../protocol/phase.ts';
import { leavesOf, type PlanIndex } from '../phase-tree.ts';

/**
 * The leaf that a phase is explained by: itself, or of a group the one that failed, else the one in progress, else the
 * next that is not completed, else the first. Null where the plan has no such phase.
 */
export function tellingLeaf(index: PlanIndex, id: string): Phase | null {
  const leaves = leavesOf(index, id);
  return (
    leaves.find(({ state }) => state === 'failed') ??
    leaves.find(({ state }) => state === 'in_progress') ??
    leaves.find(({ state }) => state !== 'completed') ??
    leaves[0] ??
    null
  );
}
