import type { DurationSample } from '../../protocol/learned.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Likeness, likenesses } from '../likeness.ts';
import { earlierFactors } from './earlier-factors.ts';
import { priors } from './priors.ts';

/**
 * What decides how long the leaves of a plan take and is not known, as logarithms that add up: a factor for each kind
 * on its default, one more where a kind is on several roles or in several hops, and one for each node. `mean` and
 * `precision` (one over the variance) is what is believed of each before this operation.
 */
export type Unknowns = {
  count: number;
  mean: Float64Array;
  precision: Float64Array;
  /** Which of them a leaf's time is made of. */
  of(leaf: Likeness): readonly number[];
};

type Belief = { mean: number; spread: number };

export function unknownsOf(plan: Plan, earlier: readonly DurationSample[]): Unknowns {
  const like = likenesses(plan);
  const leaves = plan.phases.filter((phase) => phase.leaf).map(like);
  const several = kindsInSeveralCells(leaves);
  const names = (leaf: Likeness) => namesOf(leaf, several);
  const believed = beliefs(earlier);
  const at = new Map<string, number>();
  const beliefOf: Belief[] = [];
  for (const leaf of leaves) {
    for (const { name, what } of names(leaf)) {
      if (at.has(name)) continue;
      at.set(name, beliefOf.length);
      beliefOf.push(believed[what](leaf));
    }
  }
  return {
    count: beliefOf.length,
    mean: Float64Array.from(beliefOf, ({ mean }) => mean),
    precision: Float64Array.from(beliefOf, ({ spread }) => spread ** -2),
    of: (leaf) => names(leaf).flatMap(({ name }) => at.get(name) ?? []),
  };
}

type What = 'kind' | 'cell' | 'node';

function namesOf(leaf: Likeness, several: ReadonlySet<string>): { name: string; what: What }[] {
  const { kind, node } = leaf;
  return [
    { name: `kind ${kind}`, what: 'kind' },
    ...(several.has(kind) ? [{ name: `cell ${cellOf(leaf)}`, what: 'cell' as const }] : []),
    ...(node === null ? [] : [{ name: `node ${node}`, what: 'node' as const }]),
  ];
}

function cellOf({ kind, role, step }: Likeness): string {
  return `${kind} ${role} ${step}`;
}

function kindsInSeveralCells(leaves: readonly Likeness[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const several = new Set<string>();
  for (const leaf of leaves) {
    const cell = cellOf(leaf);
    if ((first.get(leaf.kind) ?? cell) !== cell) several.add(leaf.kind);
    first.set(leaf.kind, cell);
  }
  return several;
}

/** Of a kind and a role what earlier operations say, where they do. */
function beliefs(earlier: readonly DurationSample[]): Record<What, (leaf: Likeness) => Belief> {
  const factors = earlierFactors(earlier);
  return {
    kind: ({ kind }) => {
      const known = factors.of(kind);
      if (known === null) return { mean: 0, spread: priors.kind };
      return {
        mean: known.middle,
        spread: Math.hypot(priors.earlier, priors.leaf.spread / known.count ** 0.5),
      };
    },
    cell: ({ kind, role }) => {
      const [all, own] = [factors.of(kind), factors.of(kind, role)];
      return { mean: all && own ? own.middle - all.middle : 0, spread: priors.cell };
    },
    node: () => ({ mean: 0, spread: priors.node }),
  };
}
