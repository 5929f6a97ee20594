import { type Filtered, passes } from './filter.ts';
import type { PlanNode, PlanTree } from './plan-tree.ts';

/**
 * What decides which phases of the tree show; `selected` is the phase the operator put the cursor on, `words` what the
 * filter looks at in a phase.
 */
export type TreeChoice = {
  folds: Readonly<Record<string, boolean>>;
  filter: string;
  selected: string | null;
  words(node: PlanNode): Filtered;
};

/**
 * The phases that show, in plan order. With a filter the phases that pass show together with the groups above them.
 */
export function planItems(tree: PlanTree, choice: TreeChoice): PlanNode[] {
  if (choice.filter !== '') return filtered(tree, choice);
  const isOpen = openGroups(tree, choice);
  const out: PlanNode[] = [];
  const visit = (node: PlanNode) => {
    out.push(node);
    if (isOpen(node)) node.children.forEach(visit);
  };
  tree.roots.forEach(visit);
  return out;
}

/**
 * Whether a group shows its children: as the operator left it, else when something in it moves, failed or comes next,
 * or the cursor is in it: what was selected is never folded away by what happens in the cluster.
 */
export function openGroups(
  tree: PlanTree,
  { folds, selected }: Pick<TreeChoice, 'folds' | 'selected'>,
): (node: PlanNode) => boolean {
  const open = openByItself(tree);
  const chosen = tree.byId.get(selected ?? '');
  for (const id of chosen ? ancestorsOf(tree, chosen) : []) open.add(id);
  return (node) => folds[node.phase.id] ?? open.has(node.phase.id);
}

/** The phase the eye should be on: what is in progress, else what failed, else what comes next, else the last. */
export function focusOf(tree: PlanTree): PlanNode | null {
  const next = tree.leaves.find((leaf) => leaf.phase.state !== 'completed');
  return tree.active[0] ?? tree.failed[0] ?? next ?? tree.leaves.at(-1) ?? null;
}

function openByItself(tree: PlanTree): Set<string> {
  const open = new Set<string>();
  const focus = focusOf(tree);
  const reasons = [
    ...tree.active,
    ...tree.failed,
    ...(focus && focus.phase.state !== 'completed' ? [focus] : []),
  ];
  for (const leaf of reasons) for (const id of ancestorsOf(tree, leaf)) open.add(id);
  return open;
}

function filtered(tree: PlanTree, { filter, words }: TreeChoice): PlanNode[] {
  const shown = new Set<string>();
  for (const node of tree.byId.values()) {
    if (!passes(filter, words(node))) continue;
    shown.add(node.phase.id);
    for (const id of ancestorsOf(tree, node)) shown.add(id);
  }
  return [...tree.byId.values()].filter((node) => shown.has(node.phase.id));
}

/** The ids of the groups a phase is in, the nearest first. */
export function ancestorsOf(tree: PlanTree, node: PlanNode): string[] {
  const ids: string[] = [];
  for (let parent = node.phase.parent; parent !== null; parent = tree.byId.get(parent)?.phase.parent ?? null)
    ids.push(parent);
  return ids;
}
