import { observedOf } from '../model/observed-plan.ts';
import { marks } from '../theme/marks.ts';
import { type Filtered, stateWords } from './filter.ts';
import { phaseFlags } from './phase-flags.ts';
import type { TreeChoice } from './plan-items.ts';
import type { PlanNode } from './plan-tree.ts';
import type { Scene } from './scene.ts';
import { shownState } from './shown-state.ts';
import type { Ui } from './ui.ts';

/** What the operator chose of the plan's tree. */
export function treeChoice({ folds, lists: { plan } }: Ui, scene: Scene): TreeChoice {
  return { folds, filter: plan.filter, selected: plan.selected, words: (node) => wordsOf(node, scene) };
}

/** What a filter looks at in a phase: its id, its node and its state as the plan and as the screen have it. */
export function wordsOf(node: PlanNode, scene: Scene): Filtered {
  const { id, description, node: target, state, error } = node.phase;
  const observed = observedOf(scene.cluster, node.phase);
  const flags = phaseFlags(node, scene.cluster, false);
  return {
    names: [
      id,
      target,
      ...stateWords(state),
      ...(observed === null ? [] : stateWords(observed.state)),
      marks[shownState(node, scene)].word,
      flags.breakpoint ? 'breakpoint' : null,
      flags.notes > 0 ? 'note' : null,
    ],
    texts: [description, error, observed?.error ?? null],
  };
}
