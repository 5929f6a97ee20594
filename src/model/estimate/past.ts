import type { DurationSample } from '../../protocol/learned.ts';
import { lowerMedian } from './quantile.ts';
import { factorOf } from './seen-factor.ts';

/** The middle factor (ln) that earlier leaves of a kind took of its default, and how many they were. */
export type EarlierFactor = { middle: number; count: number };

/**
 * What earlier operations of the cluster taught, made ready once and kept while `earlier` is the same: the samples of a
 * kind, and their factor, also on one role alone; null where no earlier leaf tells.
 */
export type Past = {
  earlier: readonly DurationSample[];
  samples(kind: string): readonly DurationSample[];
  factor(kind: string, role?: DurationSample['role']): EarlierFactor | null;
};

export function pastOf(earlier: readonly DurationSample[]): Past {
  const kinds = Map.groupBy(earlier, ({ kind }) => kind);
  const factors = new Map<string, EarlierFactor | null>();
  const samples = (kind: string): readonly DurationSample[] => kinds.get(kind) ?? [];
  return {
    earlier,
    samples,
    factor: (kind, role) => {
      const name = role === undefined ? kind : `${kind} ${role}`;
      const known = factors.get(name);
      if (known !== undefined) return known;
      const factor = factorOfAll(
        samples(kind).filter((sample) => role === undefined || sample.role === role),
      );
      factors.set(name, factor);
      return factor;
    },
  };
}

function factorOfAll(samples: readonly DurationSample[]): EarlierFactor | null {
  return samples.length === 0 ? null : { middle: lowerMedian(samples.map(factorOf)), count: samples.length };
}
