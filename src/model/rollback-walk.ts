import type { Phase } from '../protocol/phase.ts';
import { dependentsOf } from './dependents.ts';
import { allLeaves, ancestorsOf, type PlanIndex } from './phase-tree.ts';
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
  const started = allLeaves(index.plan)
    .filter(hasRun)
    .map(({ id }) => id);
  const looksBack = requiresOnlyWhatIsBefore(index);
  const done: string[] = [];
  for (const leaf of leaves.toReversed()) {
    if (!hasRun(leaf)) continue;
    // Nothing after it has run, so nothing that has can depend on it: no need to look through the plan.
    const isLast = looksBack && started.at(-1) === leaf.id;
    const dependents = isLast ? [] : dependentsOf(index, leaf.id, states.of);
    if (dependents.length > 0) return { leaves: done, stop: { phase: leaf.id, dependents } };
    states.set(leaf.id, 'rolled_back');
    if (isLast) started.pop();
    done.push(leaf.id);
  }
  return { leaves: done, stop: null };
}

function hasRun({ state }: Phase): boolean {
  return state !== 'unstarted' && state !== 'rolled_back';
}

/** As in every plan gravity makes: a phase requires phases that stand before it and are no groups above it. */
function requiresOnlyWhatIsBefore(index: PlanIndex): boolean {
  const before = new Set<string>();
  return index.plan.phases.every(({ id, requires }) => {
    const isBefore = requires.every((each) => before.has(each));
    before.add(id);
    return isBefore && !ancestorsOf(index, id).some((group) => requires.includes(group.id));
  });
}
