import { phaseState, type States } from '../phase-state.ts';
import type { PhaseNode, PhaseTree } from '../phase-tree.ts';

const UNTOUCHED = new Set(['unstarted', 'rolled_back']);

/**
 * Phases that require a phase or one of its ancestors, directly or through others, and have been started
 * (engine-observed 4.5). In plan order; groups are named as groups.
 */
export function startedDependents(tree: PhaseTree, node: PhaseNode, states: States): string[] {
  const wanted = new Set<string>();
  for (let at: PhaseNode | null = node; at !== null; at = at.parent) wanted.add(at.phase.id);
  const dependents: string[] = [];
  for (const { phase } of tree.byId.values()) {
    if (!(phase.requires ?? []).some((id) => wanted.has(id))) continue;
    wanted.add(phase.id);
    if (!UNTOUCHED.has(phaseState(phase, states))) dependents.push(phase.id);
  }
  return dependents;
}
