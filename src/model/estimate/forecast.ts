import type { DurationSample } from '../../protocol/learned.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Plan } from '../../protocol/plan.ts';
import { phaseKind } from '../phase-kinds.ts';
import { solveTransposed } from './cholesky.ts';
import { type Draws, draws } from './draws.ts';
import { type Fit, fitOf, sumOf } from './fit.ts';
import { lasting, type Noise } from './noise.ts';
import type { Past } from './past.ts';
import { type Unknowns, unknownsOf } from './unknowns.ts';

/** In how many ways the rest of an operation is thought through. */
export const ways = 256;

/** What the leaves of a plan may take, ms: `usual` is the middle guess; the rest says how it may turn out, way by way. */
export type Forecast = {
  noise: Noise;
  usual(leaf: Phase): number;
  /** The leaf's median in each way: before the leaf's own luck. */
  medians(leaf: Phase): Float64Array;
  /** Adds what the leaf takes in each way to a row, or with `longest` keeps the longer of both. */
  add(leaf: Phase, row: Float64Array, how: { longest: boolean }): void;
};

/**
 * How the leaves of a plan may turn out after what was seen. A kind's factor is one for all its leaves, a node's for all
 * of the node, so what is not known of them does not average out, and the spread narrows as kinds are seen.
 */
export function forecastOf(plan: Plan, seen: readonly DurationSample[], past: Past): Forecast {
  const unknowns = unknownsOf(plan, past);
  const fit = fitOf(unknowns, seen);
  const chance = draws();
  const factors = factorsOf(unknowns, fit, chance);
  const luck = luckOf(fit.noise);
  const rowsOf = (id: string) => unknowns.of(id).flatMap((at) => factors[at] ?? []);
  return {
    noise: fit.noise,
    usual: ({ id, kind }) => defaultMs(kind) * Math.exp(sumOf(fit.mean, unknowns.of(id))),
    medians: ({ id, kind }) => {
      const row = new Float64Array(ways).fill(defaultMs(kind));
      for (const factor of rowsOf(id)) times(row, factor);
      return row;
    },
    add: ({ id, kind }, into, { longest }) => {
      const [one = certain, two = certain, three = certain, four = certain] = rowsOf(id);
      const [ms, most] = [defaultMs(kind), phaseKind(kind).limit * 1000];
      // An odd stride meets other luck in each way, and another stride pairs it with other luck of other leaves.
      let at = chance.whole();
      const stride = chance.whole() | 1;
      for (let way = 0; way < ways; way += 1) {
        at = (at + stride) >>> 0;
        const median = ms * (one[way] ?? 1) * (two[way] ?? 1) * (three[way] ?? 1) * (four[way] ?? 1);
        // Gravity itself gives up after the limit.
        const more = Math.min(median * (luck[at >>> luckShift] ?? 1), most);
        const before = into[way] ?? 0;
        into[way] = longest ? Math.max(before, more) : before + more;
      }
    },
  };
}

const certain = new Float64Array(ways).fill(1);

function defaultMs(kind: string): number {
  return phaseKind(kind).p50 * 1000;
}

/**
 * For each unknown its factor in each way: drawn together, for what is known of them hangs together. Every second way is
 * the one before mirrored, so that the ways lie evenly around the mean.
 */
function factorsOf({ count }: Unknowns, { mean, lower }: Fit, chance: Draws): Float64Array[] {
  const factors = Array.from({ length: count }, () => new Float64Array(ways));
  const off = new Float64Array(count);
  for (let way = 0; way < ways; way += 2) {
    for (let at = 0; at < count; at += 1) off[at] = chance.normal();
    solveTransposed(lower, off);
    factors.forEach((row, at) => {
      const [middle, own] = [Math.exp(mean[at] ?? 0), Math.exp(off[at] ?? 0)];
      row[way] = middle * own;
      row[way + 1] = middle / own;
    });
  }
  return factors;
}

const luckSteps = 1024;
/** The upper ten of 32 bits, the best mixed, tell which. */
const luckShift = 22;

/** What a leaf may take of its median, from the least to being stuck: each as likely as the others. */
function luckOf(noise: Noise): Float64Array {
  return Float64Array.from({ length: luckSteps }, (_none, at) => lasting(0, (at + 0.5) / luckSteps, noise));
}

function times(row: Float64Array, factor: Float64Array): void {
  for (let way = 0; way < ways; way += 1) row[way] = (row[way] ?? 0) * (factor[way] ?? 1);
}
