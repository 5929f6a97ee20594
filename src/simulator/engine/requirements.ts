import { type Fault, fault } from '../fault.ts';
import { phaseState, type States } from '../phase-state.ts';
import type { PhaseNode, PhaseTree } from '../phase-tree.ts';

/** The first thing a phase, or a group around it, still waits for: innermost first (engine-observed 2.4). */
export function unmetRequirement(tree: PhaseTree, node: PhaseNode, states: States): Fault | null {
  for (let at: PhaseNode | null = node; at !== null; at = at.parent) {
    for (const id of at.phase.requires ?? []) {
      const required = tree.byId.get(id);
      if (required === undefined) return fault(`phase "${id}" not found`);
      if (phaseState(required.phase, states) !== 'completed')
        return fault(`required phase "${id}" is not completed`);
    }
  }
  return null;
}
