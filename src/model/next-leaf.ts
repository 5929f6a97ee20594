import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';

/**
 * The leaf a step is about: the first in plan order that is not completed, null when all are. Failed and rolled back
 * leaves are run again without --force (engine-observed 2); one in progress is returned too, and it is the rules of
 * execution that refuse it.
 */
export function nextLeaf(plan: Plan): Phase | null {
  return plan.phases.find((phase) => phase.leaf && phase.state !== 'completed') ?? null;
}
