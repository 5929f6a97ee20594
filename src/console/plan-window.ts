import { cursorOf } from './items.ts';
import { treeLines } from './list-lines.ts';
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
  const choice = treeChoice(ui, scene);
  const { items, index, top } = windowOf(scene, ui, height);
  const isOpen = openGroups(scene.tree, choice);
  return items.slice(top, top + height).map((node, row) => ({
    node,
    chosen: top + row === index,
    fold: node.phase.leaf || choice.filter !== '' ? null : isOpen(node) ? 'open' : 'folded',
  }));
}

/** Which part of the tree is on the screen. */
export function listPart(scene: Scene, ui: Ui): { top: number; height: number; count: number } {
  const height = treeLines(scene, ui);
  const { items, top } = windowOf(scene, ui, height);
  return { top, height, count: items.length };
}

function windowOf(
  scene: Scene,
  ui: Ui,
  height: number,
): { items: readonly PlanNode[]; index: number; top: number } {
  const items = planItems(scene.tree, treeChoice(ui, scene));
  const cursor = cursorOf(scene, ui);
  const index = Math.max(
    0,
    items.findIndex((node) => node.phase.id === cursor),
  );
  return { items, index, top: scrollTop({ count: items.length, index, top: ui.lists.plan.top, height }) };
}
