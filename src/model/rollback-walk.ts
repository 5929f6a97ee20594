import type { Phase } from '../protocol/phase.ts';
import { dependentsOf } from './dependents.ts';
import type { PlanIndex } from './phase-tree.ts';
import { workingStates } from './working-states.ts';

/**
 * The leaves that a rollback of several will roll back, in order, and the first one that gravity will refuse because
 * of phases that depend on it.
 */
export type RollbackWalk = {
  leaves: string[];
  stop: { phase: string; dependents: string[] } | null;
};

/**
 * Thinks a rollback through leaf by leaf: in reverse plan order, skipping those unstarted and already rolled back,
 * each by the rules for a single one (engine-observed 4 and 5).
 */
export function walkRollback(index: PlanIndex, leaves: readonly Phase[]): RollbackWalk {
  const states = workingStates(index);
  const done: string[] = [];
  for (const leaf of leaves.toReversed()) {
    if (leaf.state === 'unstarted' || leaf.state === 'rolled_back') continue;
    const dependents = dependentsOf(index, leaf.id, states.of);
    if (dependents.length > 0) return { leaves: done, stop: { phase: leaf.id, dependents } };
    states.set(leaf.id, 'rolled_back');
    done.push(leaf.id);
  }
  return { leaves: done, stop: null };
}
