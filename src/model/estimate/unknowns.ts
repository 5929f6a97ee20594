import type { Plan } from '../../protocol/plan.ts';
import { type Likeness, likenesses } from '../likeness.ts';
import type { Past } from './past.ts';
import { priors } from './priors.ts';

/**
 * What decides how long the leaves of a plan take and is not known, as logarithms that add up: a factor for the whole
 * cluster, one for each kind on its default, one more where a kind is on several roles or in several hops, and one for each node. `mean` and
 * `precision` (one over the variance) is what is believed of each before this operation.
 */
export type Unknowns = {
  count: number;
  mean: Float64Array;
  precision: Float64Array;
  /** Which of them a leaf's time is made of, by its id. */
  of(leaf: string): readonly number[];
};

type Belief = { mean: number; spread: number };

export function unknownsOf(plan: Plan, past: Past): Unknowns {
  const like = likenesses(plan);
  const leaves = plan.phases.filter((phase) => phase.leaf).map((leaf) => ({ id: leaf.id, like: like(leaf) }));
  const several = kindsInSeveralCells(leaves.map(({ like }) => like));
  const believed = beliefs(past);
  const at = new Map<string, number>();
  const prior: Belief[] = [];
  const parts = new Map<string, number[]>();
  for (const leaf of leaves) {
    const named = namesOf(leaf.like, { several, past });
    for (const { name, what } of named)
      if (!at.has(name)) at.set(name, prior.push(believed[what](leaf.like)) - 1);
    parts.set(
      leaf.id,
      named.map(({ name }) => at.get(name) ?? 0),
    );
  }
  return {
    count: prior.length,
    mean: Float64Array.from(prior, ({ mean }) => mean),
    precision: Float64Array.from(prior, ({ spread }) => spread ** -2),
    of: (leaf) => parts.get(leaf) ?? [],
  };
}

type What = 'cluster' | 'kind' | 'cell' | 'node';

/** Of a kind that earlier operations tell of, the cluster's own factor is in what they tell. */
function namesOf(
  leaf: Likeness,
  { several, past }: { several: ReadonlySet<string>; past: Past },
): { name: string; what: What }[] {
  const { kind, node } = leaf;
  return [
    ...(past.factor(kind) === null ? [{ name: 'cluster', what: 'cluster' as const }] : []),
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
function beliefs(past: Past): Record<What, (leaf: Likeness) => Belief> {
  return {
    cluster: () => ({ mean: 0, spread: priors.cluster }),
    kind: ({ kind }) => {
      const known = past.factor(kind);
      if (known === null) return { mean: 0, spread: priors.kind };
      return {
        mean: known.middle,
        spread: Math.hypot(priors.earlier, priors.leaf.spread / known.count ** 0.5),
      };
    },
    cell: ({ kind, role }) => {
      const [all, own] = [past.factor(kind), past.factor(kind, role)];
      return { mean: all && own ? own.middle - all.middle : 0, spread: priors.cell };
    },
    node: () => ({ mean: 0, spread: priors.node }),
  };
}
