import type { DisruptionBudget, Pod } from '../protocol/kubernetes.ts';
import { budgetSelects } from './budget-selects.ts';

/** A pod of a node that may not be evicted now, and the budget that forbids it. */
export type HeldPod = { pod: Pod; budget: DisruptionBudget };

/** The pods a drain would have to evict and may not: a budget that selects them allows no disruption. */
export function heldPods(pods: readonly Pod[], budgets: readonly DisruptionBudget[]): HeldPod[] {
  const tight = budgets.filter(({ disruptionsAllowed }) => disruptionsAllowed === 0);
  return pods
    .filter(({ daemon }) => !daemon)
    .flatMap((pod) => {
      const budget = tight.find((each) => budgetSelects(each, pod));
      return budget === undefined ? [] : [{ pod, budget }];
    });
}
