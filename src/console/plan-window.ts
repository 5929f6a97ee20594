import { cursorOf } from './items.ts';
import { openGroups, planItems } from './plan-items.ts';
import type { PlanNode } from './plan-tree.ts';
import type { Scene } from './scene.ts';
import { scrollTop } from './scroll.ts';
import { treeChoice } from './tree-choice.ts';
import type { Ui } from './ui.ts';

/** A phase on the screen: whether the cursor is on it, and of a group that can be folded whether it is. */
export type WindowLine = { node: PlanNode; chosen: boolean; fold: 'open' | 'folded' | null };

/**
 * The phases of the plan that are on the screen in `height` lines, however they are drawn. Only these are made into rows: a
 * plan of ten thousand leaves costs no more to draw than one of ten.
 */
export function planWindow(scene: Scene, ui: Ui, height: number): WindowLine[] {
  const choice = treeChoice(ui);
  const items = planItems(scene.tree, choice);
  const cursor = cursorOf(scene, ui);
  const index = Math.max(
    0,
    items.findIndex((node) => node.phase.id === cursor),
  );
  const top = scrollTop({ count: items.length, index, top: ui.lists.plan.top, height });
  const isOpen = openGroups(scene.tree, choice);
  return items.slice(top, top + height).map((node, row) => ({
    node,
    chosen: top + row === index,
    fold: node.phase.leaf || choice.filter !== '' ? null : isOpen(node) ? 'open' : 'folded',
  }));
}
