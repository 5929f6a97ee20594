import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';

/** A phase in its place: how deep, its last name, its children in plan order, and how many of its leaves are completed. */
export type PlanNode = {
  phase: Phase;
  depth: number;
  name: string;
  children: PlanNode[];
  leaves: number;
  completed: number;
};

/** A plan as a tree, made once per plan and what is known beyond it. `leaves` are in plan order; `active` are those in progress. */
export type PlanTree = {
  roots: readonly PlanNode[];
  byId: ReadonlyMap<string, PlanNode>;
  leaves: readonly PlanNode[];
  active: readonly PlanNode[];
  failed: readonly PlanNode[];
};

export const emptyTree: PlanTree = { roots: [], byId: new Map(), leaves: [], active: [], failed: [] };

/** Builds the tree of a plan; a phase whose parent is missing stands at the top. */
export function planTree(plan: Plan | null): PlanTree {
  if (plan === null) return emptyTree;
  const byId = new Map<string, PlanNode>();
  const roots: PlanNode[] = [];
  const leaves: PlanNode[] = [];
  for (const phase of plan.phases) {
    const parent = phase.parent === null ? undefined : byId.get(phase.parent);
    const node = nodeOf(phase, parent);
    byId.set(phase.id, node);
    (parent?.children ?? roots).push(node);
    if (phase.leaf) leaves.push(node);
  }
  count(byId, leaves);
  const inState = (state: Phase['state']) => leaves.filter((leaf) => leaf.phase.state === state);
  return { roots, byId, leaves, active: inState('in_progress'), failed: inState('failed') };
}

/** All leaves below a node, or itself when it is one. */
export function leavesUnder(node: PlanNode): PlanNode[] {
  return node.phase.leaf ? [node] : node.children.flatMap(leavesUnder);
}

function nodeOf(phase: Phase, parent: PlanNode | undefined): PlanNode {
  return {
    phase,
    depth: parent ? parent.depth + 1 : 0,
    name: phase.id.slice(phase.id.lastIndexOf('/') + 1) || phase.id,
    children: [],
    leaves: 0,
    completed: 0,
  };
}

function count(byId: ReadonlyMap<string, PlanNode>, leaves: readonly PlanNode[]): void {
  for (const leaf of leaves) {
    const done = leaf.phase.state === 'completed' ? 1 : 0;
    for (
      let at: PlanNode | undefined = leaf;
      at;
      at = at.phase.parent === null ? undefined : byId.get(at.phase.parent)
    ) {
      at.leaves += 1;
      at.completed += done;
    }
  }
}
