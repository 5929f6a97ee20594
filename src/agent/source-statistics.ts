import { type SourceName, sourceNames } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import type { Ledger, SourceStatistics } from './contracts.ts';

/** Of this many newest readings the slowest twentieth is told. */
const sample = 100;

/** What the readings were like, source by source, and what they cost in all. */
export type StatisticsKeeper = {
  add(source: SourceName, attempt: Attempt): void;
  tell(): SourceStatistics[];
  childCpuMs(): number;
};

export function createStatistics(ledger: Ledger): StatisticsKeeper {
  const counted = new Map(
    sourceNames.map((name) => [name, { readings: 0, failures: 0, durations: [] as number[] }]),
  );
  let childCpuMs = 0;
  return {
    add(source, { outcome, durationMs, cpuMs }) {
      childCpuMs += cpuMs;
      const counts = counted.get(source);
      if (counts === undefined) return;
      counts.readings += 1;
      if (!outcome.ok) counts.failures += 1;
      counts.durations = [...counts.durations, durationMs].slice(-sample);
    },
    tell: () =>
      [...counted].map(([source, { readings, failures, durations }]) => ({
        source,
        lastGood: ledger.state().sources[source].lastGood,
        p95: p95(durations),
        failures,
        readings,
      })),
    childCpuMs: () => childCpuMs,
  };
}

function p95(durations: readonly number[]): number | null {
  const sorted = durations.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? null;
}
