import { ancestorsOf, type PlanIndex } from './phase-tree.ts';
import type { StateOf } from './working-states.ts';

/**
 * What a phase still waits for: the required phases of itself and of every group above it that are not completed,
 * innermost first, as gravity looks at them and names the first (engine-observed 2.4).
 */
export function unmetRequirements(
  index: PlanIndex,
  id: string,
  stateOf: StateOf = (required) => index.byId.get(required)?.state ?? null,
): string[] {
  const phase = index.byId.get(id);
  if (!phase) return [];
  const required = [phase, ...ancestorsOf(index, id)].flatMap((each) => each.requires);
  return [...new Set(required)].filter((each) => stateOf(each) !== 'completed');
}
