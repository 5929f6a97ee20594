import type { PhaseState } from '../protocol/phase.ts';
import { groupState } from './group-state.ts';
import { ancestorsOf, childrenOf, type PlanIndex } from './phase-tree.ts';

export type StateOf = (id: string) => PhaseState | null;

/** The states of a plan to think ahead on: setting a leaf's state changes the groups above it, the plan stays as it is. */
export type WorkingStates = { of: StateOf; set(leaf: string, state: PhaseState): void };

export function workingStates(index: PlanIndex): WorkingStates {
  const changed = new Map<string, PhaseState>();
  const of: StateOf = (id) => changed.get(id) ?? index.byId.get(id)?.state ?? null;
  return {
    of,
    set(leaf, state) {
      changed.set(leaf, state);
      for (const group of ancestorsOf(index, leaf)) {
        const states = childrenOf(index, group.id).map((child) => of(child.id) ?? 'unstarted');
        changed.set(group.id, groupState(states));
      }
    },
  };
}
