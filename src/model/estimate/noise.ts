import { normalCdf, normalQuantile } from './normal.ts';
import { priors } from './priors.ts';

/** How leaves scatter around their median: `spread` of most of them (ln), and the share that is stuck. */
export type Noise = { spread: number; stuckRate: number };

const { least, tail } = priors.stuck;

/** The chance that a leaf takes longer than `times` its median. */
export function outlasts(times: number, { spread, stuckRate }: Noise): number {
  return (1 - stuckRate) * usualOutlasts(times, spread) + stuckRate * stuckOutlasts(times);
}

/**
 * How many times its median a leaf takes in all that has taken `times` of it so far: the factor that the share `u` of
 * all such leaves outlasts. `times` 0 asks of a leaf not begun.
 */
export function lasting(times: number, u: number, noise: Noise): number {
  const whole = outlasts(times, noise);
  const stuck = whole > 0 ? (noise.stuckRate * stuckOutlasts(times)) / whole : 1;
  if (u < stuck) return Math.max(least, times) * (u / stuck) ** (-1 / tail);
  const share = ((u - stuck) / (1 - stuck)) * usualOutlasts(times, noise.spread);
  return Math.max(times, Math.exp(-noise.spread * normalQuantile(share)));
}

function usualOutlasts(times: number, spread: number): number {
  return normalCdf(-Math.log(times) / spread);
}

function stuckOutlasts(times: number): number {
  return times <= least ? 1 : (least / times) ** tail;
}
