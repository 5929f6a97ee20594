import type { SourceName } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import type { SourceStatistics } from './contracts.ts';

const sample = 100;

/** What one source's readings were like: in all, and the slowest twentieth of the newest hundred. */
export type StatisticsKeeper = {
  add(attempt: Attempt): void;
  tell(source: SourceName, lastGood: string | null): SourceStatistics;
};

export function createStatistics(): StatisticsKeeper {
  const durations: number[] = [];
  const counts = { readings: 0, failures: 0 };
  return {
    add({ outcome, durationMs }) {
      counts.readings += 1;
      if (!outcome.ok) counts.failures += 1;
      durations.push(durationMs);
      if (durations.length > sample) durations.shift();
    },
    tell: (source, lastGood) => ({ source, lastGood, p95: p95(durations), ...counts }),
  };
}

function p95(durations: readonly number[]): number | null {
  const sorted = durations.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? null;
}
