import { readingAt } from '../model/reading-at.ts';
import type { Clock } from '../ports.ts';
import type { Event } from '../protocol/event.ts';
import type { PolledSource } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import type { Ledger } from './contracts.ts';
import { isMoving } from './moving.ts';
import { pauseOf, pauseToPublication } from './schedule.ts';

/** How soon each source is read again, from what its readings cost and whether the operation moves. */
export type Pacer = {
  /** `news` is what the attempt brought. */
  took(source: PolledSource, attempt: Attempt, news: readonly Event[]): void;
  runs(by: 1 | -1): void;
  pauseMs(source: PolledSource): number;
  /** Whether the answer of `moving` is another than when it was last asked here. */
  turned(): boolean;
};

export function createPacer({ clock, ledger }: { clock: Clock; ledger: Ledger }): Pacer {
  const last = new Map<PolledSource, { attempt: Attempt; failures: number; at: number }>();
  const life = { runs: 0, changedAt: Number.NEGATIVE_INFINITY, wasMoving: false };
  const moving = () =>
    isMoving(ledger.state(), { runs: life.runs, sinceChangeMs: clock.monotonic() - life.changedAt });
  /** When a leaf changed, by our monotonic clock: when it was seen to, or as gravity dates it in a plan read whole. */
  const changedAt = (event: Event): number => {
    if (event.kind === 'phase.changed') return clock.monotonic();
    if (event.kind !== 'plan.read') return Number.NEGATIVE_INFINITY;
    const dates = event.plan?.phases.map(({ updated }) => (updated === null ? 0 : Date.parse(updated))) ?? [];
    const age = clock.now() - Math.max(0, ...dates);
    return clock.monotonic() - Math.max(0, age);
  };
  return {
    took(source, attempt, news) {
      const failures = attempt.outcome.ok ? 0 : (last.get(source)?.failures ?? 0) + 1;
      last.set(source, { attempt, failures, at: clock.now() });
      for (const event of news) life.changedAt = Math.max(life.changedAt, changedAt(event));
    },
    runs(by) {
      life.runs = Math.max(0, life.runs + by);
    },
    pauseMs(source) {
      const { attempt, failures = 0, at = 0 } = last.get(source) ?? {};
      const collected = source === 'health' && attempt?.outcome.ok ? readingAt(ledger.state()) : null;
      if (attempt !== undefined && collected !== null)
        return pauseToPublication({ collected, beganAt: at - attempt.durationMs });
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
