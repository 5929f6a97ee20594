import { passes } from './filter.ts';
import { eventKey, historyItems } from './history-items.ts';
import { nodeItems } from './node-items.ts';
import { operationItems } from './operation-items.ts';
import { ancestorsOf, focusOf, planItems } from './plan-items.ts';
import { runItems } from './run-items.ts';
import type { Scene } from './scene.ts';
import type { ScreenId } from './screen-table.ts';
import { treeChoice, wordsOf } from './tree-choice.ts';
import type { Ui } from './ui.ts';

/** The ids of what a screen lists, in order, as its filter and folds have it. */
export function itemsOf(scene: Scene, ui: Ui): string[] {
  return lists[ui.screen](scene, ui);
}

/**
 * The id the cursor is on: the selected one while it is listed, in the tree else the nearest group above it that is,
 * else what the screen follows.
 */
export function cursorOf(scene: Scene, ui: Ui): string | null {
  const items = itemsOf(scene, ui);
  const { selected } = ui.lists[ui.screen];
  if (selected !== null && items.includes(selected)) return selected;
  if (ui.screen !== 'plan') return items[0] ?? null;
  return (
    nearest(scene, items, selected) ??
    nearest(scene, items, focusOf(scene.tree)?.phase.id ?? null) ??
    items[0] ??
    null
  );
}

/** The listed ids that pass the filter by themselves: in a tree the groups above a match are listed too. */
export function matchesOf(scene: Scene, ui: Ui): string[] {
  if (ui.screen !== 'plan') return itemsOf(scene, ui);
  const filter = ui.lists.plan.filter;
  return itemsOf(scene, ui).filter((id) => {
    const node = scene.tree.byId.get(id);
    return node !== undefined && passes(filter, wordsOf(node, scene));
  });
}

function nearest({ tree }: Scene, items: readonly string[], id: string | null): string | null {
  const node = tree.byId.get(id ?? '');
  if (node === undefined) return null;
  return [node.phase.id, ...ancestorsOf(tree, node)].find((one) => items.includes(one)) ?? null;
}

const lists: Record<ScreenId, (scene: Scene, ui: Ui) => string[]> = {
  overview: () => [],
  plan: (scene, ui) => planItems(scene.tree, treeChoice(ui, scene)).map((node) => node.phase.id),
  nodes: (scene, ui) => nodeItems(scene, ui.lists.nodes.filter).map((node) => node.ip),
  history: (scene, ui) => historyItems(scene, ui.lists.history.filter).map(eventKey),
  operations: (scene, ui) => operationItems(scene.cluster, ui.lists.operations.filter).map(({ id }) => id),
  runs: (scene, ui) => runItems(scene.cluster, ui.lists.runs.filter).map((run) => run.id),
};
