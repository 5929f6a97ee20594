import type { TreeChoice } from './plan-items.ts';
import type { Ui } from './ui.ts';

/** What the operator chose of the plan's tree. */
export function treeChoice({ folds, lists: { plan } }: Ui): TreeChoice {
  return { folds, filter: plan.filter, selected: plan.selected };
}
