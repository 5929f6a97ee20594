import type { DurationSample } from '../../protocol/learned.ts';
import { cholesky, emptyMatrix, type Matrix, solve } from './cholesky.ts';
import type { Noise } from './noise.ts';
import { priors } from './priors.ts';
import { lowerMedian } from './quantile.ts';
import { factorOf } from './seen-factor.ts';
import type { Unknowns } from './unknowns.ts';

/** What is believed of the unknowns after the leaves seen: normal around `mean`, the precision given as its factor. */
export type Fit = { mean: Float64Array; lower: Matrix; noise: Noise };

type Seen = { kind: string; of: readonly number[]; factor: number; blur: number };

/**
 * The unknowns given what was seen: a mixed model (kinds, nodes, noise), solved again a few times with the leaves far
 * off counting for less (Student's t with four degrees of freedom), so that one tenfold leaf moves nothing.
 */
export function fitOf(unknowns: Unknowns, samples: readonly DurationSample[]): Fit {
  const seen = samples.map((sample) => seenOf(unknowns, sample));
  let noise: number = priors.leaf.spread;
  let weights = weightsOf(seen, startResiduals(seen), noise);
  for (let round = 0; round < rounds; round += 1) {
    const { mean } = posterior(unknowns, seen, { weights, noise });
    const residuals = seen.map(({ of, factor }) => factor - sumOf(mean, of));
    noise = spreadOf(seen, residuals, weights);
    weights = weightsOf(seen, residuals, noise);
  }
  const stuckRate = stuckRateOf(weights);
  return { ...posterior(unknowns, seen, { weights, noise }), noise: { spread: noise, stuckRate } };
}

const rounds = 4;
const freedom = 4;

function seenOf(unknowns: Unknowns, sample: DurationSample): Seen {
  return {
    kind: sample.kind,
    of: unknowns.of(sample.phase),
    factor: factorOf(sample),
    blur: (priors.blur / (priors.blur + sample.ms)) ** 2 + (sample.atMost ? priors.unwatched ** 2 : 0),
  };
}

/** Before anything is solved, what is far off its kind's middle is suspect. */
function startResiduals(seen: readonly Seen[]): number[] {
  const kinds = Map.groupBy(seen, ({ kind }) => kind);
  const middles = new Map(
    [...kinds].map(([kind, all]) => [kind, lowerMedian(all.map(({ factor }) => factor))]),
  );
  return seen.map(({ kind, factor }) => factor - (middles.get(kind) ?? factor));
}

function weightsOf(seen: readonly Seen[], residuals: readonly number[], noise: number): number[] {
  return seen.map(({ blur }, at) => {
    const off = (residuals[at] ?? 0) ** 2 / (noise ** 2 + blur);
    return (freedom + 1) / (freedom + off);
  });
}

function posterior(
  { count, mean, precision }: Unknowns,
  seen: readonly Seen[],
  { weights, noise }: { weights: readonly number[]; noise: number },
): Pick<Fit, 'mean' | 'lower'> {
  const matrix = emptyMatrix(count);
  const right = mean.map((value, at) => value * (precision[at] ?? 0));
  for (let at = 0; at < count; at += 1) matrix.cells[at * count + at] = precision[at] ?? 1;
  seen.forEach(({ of, factor, blur }, at) => {
    const weight = (weights[at] ?? 1) / (noise ** 2 + blur);
    for (const row of of) {
      right[row] = (right[row] ?? 0) + weight * factor;
      for (const column of of)
        matrix.cells[row * count + column] = (matrix.cells[row * count + column] ?? 0) + weight;
    }
  });
  const lower = cholesky(matrix);
  return { mean: solve(lower, right), lower };
}

/** Learned from what does not fit where several leaves of a kind were seen and each long enough to be read well. */
function spreadOf(seen: readonly Seen[], residuals: readonly number[], weights: readonly number[]): number {
  const { spread, weight } = priors.leaf;
  const kinds = new Map<string, { count: number; squares: number }>();
  seen.forEach(({ kind, blur }, at) => {
    if (blur > spread ** 2 / 4) return;
    const sum = kinds.get(kind) ?? { count: 0, squares: 0 };
    const own = weights[at] ?? 1;
    kinds.set(kind, {
      count: sum.count + own,
      squares: sum.squares + own * (residuals[at] ?? 0) ** 2,
    });
  });
  let [squares, count] = [weight * spread ** 2, weight];
  for (const kind of kinds.values()) {
    if (kind.count <= 1) continue;
    squares += kind.squares;
    count += kind.count - 1;
  }
  return Math.sqrt(squares / count);
}

/** What counts for next to nothing was stuck (or seen wrong). */
function stuckRateOf(weights: readonly number[]): number {
  const { rate, weight } = priors.stuck;
  const stuck = weights.filter((each) => each < 0.15).length;
  return (rate * weight + stuck) / (weight + weights.length);
}

export function sumOf(values: Float64Array, of: readonly number[]): number {
  return of.reduce((sum, at) => sum + (values[at] ?? 0), 0);
}
