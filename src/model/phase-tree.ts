import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';

/** A plan made walkable: build it once per plan and keep it; the selectors below only read. */
export type PlanIndex = {
  plan: Plan;
  roots: readonly Phase[];
  byId: ReadonlyMap<string, Phase>;
  children: ReadonlyMap<string, readonly Phase[]>;
};

export function indexPlan(plan: Plan): PlanIndex {
  const byId = new Map<string, Phase>();
  const children = new Map<string, Phase[]>();
  const roots: Phase[] = [];
  for (const phase of plan.phases) {
    byId.set(phase.id, phase);
    const siblings = phase.parent === null ? roots : children.get(phase.parent);
    if (siblings) siblings.push(phase);
    else if (phase.parent !== null) children.set(phase.parent, [phase]);
  }
  return { plan, roots, byId, children };
}

/** The sub-phases of `id` in plan order; none for a leaf or an unknown id. */
export function childrenOf(index: PlanIndex, id: string): readonly Phase[] {
  return index.children.get(id) ?? [];
}

/** The groups above `id`, innermost first, without the phase itself. */
export function ancestorsOf(index: PlanIndex, id: string): Phase[] {
  const ancestors: Phase[] = [];
  let phase = index.byId.get(id);
  while (phase && phase.parent !== null) {
    phase = index.byId.get(phase.parent);
    if (phase) ancestors.push(phase);
  }
  return ancestors;
}

/** The leaves of a phase in plan order: the phase itself where it is one. */
export function leavesOf(index: PlanIndex, id: string): Phase[] {
  const phase = index.byId.get(id);
  if (!phase) return [];
  if (phase.leaf) return [phase];
  return childrenOf(index, id).flatMap((child) => leavesOf(index, child.id));
}

/** The leaves of a phase and every one after them, in plan order; none where the phase is not there. */
export function leavesFrom(index: PlanIndex, id: string): Phase[] {
  const [first] = leavesOf(index, id);
  const leaves = allLeaves(index.plan);
  return first === undefined ? [] : leaves.slice(leaves.indexOf(first));
}

/** Every leaf of the plan in plan order. */
export function allLeaves(plan: Plan): Phase[] {
  return plan.phases.filter((phase) => phase.leaf);
}
