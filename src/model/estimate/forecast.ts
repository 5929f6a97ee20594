import type { DurationSample } from '../../protocol/learned.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Plan } from '../../protocol/plan.ts';
import { likenesses } from '../likeness.ts';
import { phaseKind } from '../phase-kinds.ts';
import { solveTransposed } from './cholesky.ts';
import { type Draws, draws } from './draws.ts';
import { type Fit, fitOf, sumOf } from './fit.ts';
import { lasting, type Noise } from './noise.ts';
import { type Unknowns, unknownsOf } from './unknowns.ts';

/** In how many ways the rest of an operation is thought through. */
export const ways = 256;

/** What the leaves of a plan may take: `usual` is the middle guess, ms; the rest says how it may turn out, way by way. */
export type Forecast = {
  noise: Noise;
  usual(leaf: Phase): number;
  /** The leaf's median in each way: before the leaf's own luck. */
  medians(leaf: Phase): Float64Array;
  /** The time the leaf takes in each way. */
  durations(leaf: Phase): Float64Array;
};

/**
 * How the leaves of a plan may turn out after what was seen. A kind's factor is one for all its leaves, a node's for all
 * of the node, so what is not known of them does not average out, and the spread narrows as kinds are seen.
 */
export function forecastOf(
  plan: Plan,
  seen: readonly DurationSample[],
  earlier: readonly DurationSample[],
): Forecast {
  const like = likenesses(plan);
  const unknowns = unknownsOf(plan, earlier);
  const fit = fitOf(unknowns, seen);
  const chance = draws();
  const factors = factorsOf(unknowns, fit, chance);
  const luck = luckOf(fit.noise);
  const defaultMs = ({ kind }: Phase) => phaseKind(kind).p50 * 1000;
  const medians = (leaf: Phase): Float64Array => {
    const row = new Float64Array(ways).fill(defaultMs(leaf));
    for (const at of unknowns.of(like(leaf))) times(row, factors[at]);
    return row;
  };
  return {
    noise: fit.noise,
    usual: (leaf) => defaultMs(leaf) * Math.exp(sumOf(fit.mean, unknowns.of(like(leaf)))),
    medians,
    durations: (leaf) => withLuck(medians(leaf), luck, { chance, limit: phaseKind(leaf.kind).limit * 1000 }),
  };
}

/** For each unknown its factor in each way: drawn together, for what is known of them hangs together. */
function factorsOf({ count }: Unknowns, { mean, lower }: Fit, chance: Draws): Float64Array[] {
  const factors = Array.from({ length: count }, () => new Float64Array(ways));
  for (let way = 0; way < ways; way += 1) {
    const off = solveTransposed(
      lower,
      Float64Array.from({ length: count }, () => chance.normal()),
    );
    factors.forEach((row, at) => {
      row[way] = Math.exp((mean[at] ?? 0) + (off[at] ?? 0));
    });
  }
  return factors;
}

const luckSteps = 1024;

/** What a leaf may take of its median, from the least to being stuck: each as likely as the others. */
function luckOf(noise: Noise): Float64Array {
  return Float64Array.from({ length: luckSteps }, (_none, at) => lasting(0, (at + 0.5) / luckSteps, noise));
}

/** Gravity itself gives up after `limit` (ms). */
function withLuck(
  row: Float64Array,
  luck: Float64Array,
  { chance, limit }: { chance: Draws; limit: number },
): Float64Array {
  for (let way = 0; way < ways; way += 1) {
    const own = luck[(chance.whole() >>> 9) % luckSteps] ?? 1;
    row[way] = Math.min((row[way] ?? 0) * own, limit);
  }
  return row;
}

function times(row: Float64Array, factor: Float64Array | undefined): void {
  for (let way = 0; way < ways; way += 1) row[way] = (row[way] ?? 0) * (factor?.[way] ?? 1);
}
