import type { Phase } from '../../protocol/phase.ts';
import type { Plan } from '../../protocol/plan.ts';

/**
 * A figure of every phase from those of its leaves: the sum of its children, of a parallel group the greatest. A leaf
 * that answers null adds nothing, a group of only such leaves has none.
 */
export function sumUp(plan: Plan, ofLeaf: (leaf: Phase) => number | null): ReadonlyMap<string, number> {
  const parallel = new Set(plan.phases.filter((phase) => phase.parallel).map(({ id }) => id));
  const figures = new Map<string, number>();
  for (const phase of plan.phases.toReversed()) {
    const figure = phase.leaf ? ofLeaf(phase) : (figures.get(phase.id) ?? null);
    if (figure === null) continue;
    figures.set(phase.id, figure);
    if (phase.parent === null) continue;
    const before = figures.get(phase.parent) ?? 0;
    const after = parallel.has(phase.parent) ? Math.max(before, figure) : before + figure;
    figures.set(phase.parent, after);
  }
  return figures;
}
