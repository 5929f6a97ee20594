import { leavesOf, type PlanIndex } from '../phase-tree.ts';
import { unmetRequirements } from '../requirements.ts';

/** From the phase's own requirement to the first leaf of it that is not completed, and on to what that one requires. */
export function blockers(index: PlanIndex, phase: string, chain: readonly string[] = []): string[] {
  const [required] = unmetRequirements(index, phase);
  if (required === undefined || chain.includes(required)) return [...chain];
  const leaf = leavesOf(index, required).find(({ state }) => state !== 'completed');
  const next = leaf === undefined || leaf.id === required ? [required] : [required, leaf.id];
  return blockers(index, leaf?.id ?? required, [...chain, ...next]);
}
