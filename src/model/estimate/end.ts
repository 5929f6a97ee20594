import type { Phase } from '../../protocol/phase.ts';
import { phaseKind } from '../phase-kinds.ts';
import { type Forecast, ways } from './forecast.ts';
import { lasting, outlasts } from './noise.ts';
import { orderOf, weightedQuantile } from './quantile.ts';
import type { Rest } from './rest.ts';

/**
 * What is left of the operation, ms: the middle guess, the range the end is honestly expected in, at least nine times of
 * ten, and the `likely` one, which holds half of the cases (absent where nobody worked it out).
 */
export type Left = { low: number; mid: number; high: number; likely?: { low: number; high: number } };

/** The range an operator plans with; the wide one is in the details. */
export function likelyRange({ low, high, likely }: Left): { low: number; high: number } {
  return likely ?? { low, high };
}

/** A leaf that runs, and for how long (ms). */
export type UnderWay = { leaf: Phase; elapsed: number };

type Ahead = { forecast: Forecast; rest: Rest };

/**
 * The end at one instant, and the middle guess of one leaf. How long a leaf runs already says something of its kind: the
 * ways in which it would be over by now count for less, with all that they say of the leaves to come.
 */
export function endOf(
  { forecast, rest }: Ahead,
  underWay: readonly UnderWay[],
): { end: Left; leftOf: (leaf: Phase) => number } {
  const weights = new Float64Array(ways).fill(1);
  const goesOn = new Map<string, Float64Array>();
  for (const { leaf, elapsed } of underWay) {
    const medians = forecast.medians(leaf);
    for (let way = 0; way < ways; way += 1)
      weights[way] = (weights[way] ?? 0) * outlasts(elapsed / (medians[way] ?? 1), forecast.noise);
    goesOn.set(leaf.id, remaining(forecast, { leaf, elapsed }, medians));
  }
  const whole = rest(goesOn);
  return {
    end: spreadOf(whole, weights),
    leftOf: (leaf) => {
      const row = goesOn.get(leaf.id);
      return row === undefined ? forecast.usual(leaf) : middleOf(row, weights);
    },
  };
}

/** How long a leaf that has run for `elapsed` goes on, way by way; gravity gives up at its limit. */
function remaining({ noise }: Forecast, { leaf, elapsed }: UnderWay, medians: Float64Array): Float64Array {
  const limit = phaseKind(leaf.kind).limit * 1000;
  const most = elapsed < limit ? limit : Number.POSITIVE_INFINITY;
  return medians.map((median, way) => {
    // Each share once, in an order that has nothing to do with that of the ways.
    const share = (((way * 37 + 19) % ways) + 0.5) / ways;
    return Math.min(median * lasting(elapsed / median, share, noise), most) - elapsed;
  });
}

/** Left out on either side: less than one in twenty, for how leaves take their time is a model itself. */
const outside = 0.03;

/**
 * The middle guess is the one with the least error in proportion to what will turn out to be left: a way with half as
 * much left counts twice.
 */
function spreadOf(values: Float64Array, weights: Float64Array): Left {
  const order = orderOf(values);
  const low = weightedQuantile(outside, { values, weights, order });
  const high = weightedQuantile(1 - outside, { values, weights, order });
  const mid = weightedQuantile(0.5, {
    values,
    weights: weights.map((weight, way) => weight / Math.max(1, values[way] ?? 1)),
    order,
  });
  const quarter = (share: number) => weightedQuantile(share, { values, weights, order });
  const middle = Math.min(high, Math.max(low, mid));
  const likely = { low: Math.min(middle, quarter(0.25)), high: Math.max(middle, quarter(0.75)) };
  return { low, mid: middle, high, likely };
}

function middleOf(values: Float64Array, weights: Float64Array): number {
  return weightedQuantile(0.5, { values, weights, order: orderOf(values) });
}
