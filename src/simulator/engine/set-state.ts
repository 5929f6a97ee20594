import { type Fault, fault } from '../fault.ts';
import type { PhaseState } from '../plan-document.ts';
import { record, type World } from '../world.ts';

const STATES: readonly PhaseState[] = ['unstarted', 'in_progress', 'completed', 'failed', 'rolled_back'];

/** `plan set`: writes a state without any check of order, on groups too, where it counts for nothing (engine.md 4). */
export function setState(world: World, node: string, phaseId: string, text: string): Fault | null {
  if (!world.tree.byId.has(phaseId)) return fault(`phase "${phaseId}" not found`);
  const state = STATES.find((known) => known === text);
  if (state === undefined) return fault(`unknown state "${text}"`);
  record(world, node, { phaseId, state });
  return null;
}
