import { ancestorsOf, type PlanIndex } from './phase-tree.ts';
import type { StateOf } from './working-states.ts';

/**
 * The phases that must be rolled back before `id`, in gravity's own order: walking the plan from its top, whatever
 * requires the phase, a group above it, or a phase found on the way; those unstarted or rolled back are not listed
 * but what requires them is. Groups are listed as groups (engine-observed 4.5; recordings story/15, engine/04, random/014).
 */
export function dependentsOf(
  index: PlanIndex,
  id: string,
  stateOf: StateOf = (each) => index.byId.get(each)?.state ?? null,
): string[] {
  const required = new Set([id, ...ancestorsOf(index, id).map((group) => group.id)]);
  const dependents: string[] = [];
  for (const phase of index.plan.phases) {
    if (!phase.requires.some((each) => required.has(each))) continue;
    required.add(phase.id);
    const state = stateOf(phase.id);
    if (state !== 'unstarted' && state !== 'rolled_back') dependents.push(phase.id);
  }
  return dependents;
}
