import type { DurationSample } from '../../protocol/learned.ts';
import { phaseKind } from '../phase-kinds.ts';

/** Shorter than this nothing is told apart, ms. */
const leastMs = 500;

/** What a leaf took of its kind's default, as a logarithm. */
export function factorOf({ kind, ms }: Pick<DurationSample, 'kind' | 'ms'>): number {
  return Math.log(Math.max(leastMs, ms) / (phaseKind(kind).p50 * 1000));
}
