import type { DurationSample } from '../../protocol/learned.ts';
import { lowerMedian } from './quantile.ts';
import { factorOf } from './seen-factor.ts';

/** The middle factor (ln) that earlier leaves of a kind took of its default, and how many they were. */
export type EarlierFactor = { middle: number; count: number };

/** Answers for a kind, or for a kind on one role; null where no earlier leaf tells. */
export function earlierFactors(earlier: readonly DurationSample[]): {
  of(kind: string, role?: DurationSample['role']): EarlierFactor | null;
} {
  const seen = new Map<string, number[]>();
  for (const sample of earlier) {
    for (const name of [sample.kind, `${sample.kind} ${sample.role}`]) {
      const known = seen.get(name);
      if (known === undefined) seen.set(name, [factorOf(sample)]);
      else known.push(factorOf(sample));
    }
  }
  return {
    of: (kind, role) => {
      const factors = seen.get(role === undefined ? kind : `${kind} ${role}`);
      return factors === undefined ? null : { middle: lowerMedian(factors), count: factors.length };
    },
  };
}
