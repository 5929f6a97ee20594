import type { Clock } from '../ports.ts';
import type { SourceName } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import type { Ledger } from './contracts.ts';
import { isMoving } from './moving.ts';
import { pauseOf } from './schedule.ts';

/** How soon each source is read again, from what its readings cost and whether the operation moves. */
export type Pacer = {
  took(source: SourceName, attempt: Attempt, phasesChanged: boolean): void;
  runs(by: 1 | -1): void;
  pauseMs(source: SourceName): number;
  /** Whether the answer of `moving` is another than when it was last asked here. */
  turned(): boolean;
};

export function createPacer({ clock, ledger }: { clock: Clock; ledger: Ledger }): Pacer {
  const last = new Map<SourceName, { attempt: Attempt; failures: number }>();
  const life = { runs: 0, changedAt: Number.NEGATIVE_INFINITY, wasMoving: false };
  const moving = () =>
    isMoving(ledger.state(), { runs: life.runs, sinceChangeMs: clock.monotonic() - life.changedAt });
  return {
    took(source, attempt, phasesChanged) {
      const failures = attempt.outcome.ok ? 0 : (last.get(source)?.failures ?? 0) + 1;
      last.set(source, { attempt, failures });
      if (phasesChanged) life.changedAt = clock.monotonic();
    },
    runs(by) {
      life.runs = Math.max(0, life.runs + by);
    },
    pauseMs(source) {
      const { attempt, failures = 0 } = last.get(source) ?? {};
      const problem = attempt === undefined || attempt.outcome.ok ? null : attempt.outcome.problem.code;
      return pauseOf(source, { moving: moving(), cpuMs: attempt?.cpuMs ?? 0, failures, problem });
    },
    turned() {
      const before = life.wasMoving;
      life.wasMoving = moving();
      return before !== life.wasMoving;
    },
  };
}
