import type { Clock } from '../ports.ts';
import type { PolledSource } from '../protocol/source.ts';
import type { Outcome } from './attempt.ts';
import { within } from './within.ts';

/** Null when the source was read; else one sentence why not. */
export type Unread = string | null;

/** Readings of a source asked for now, beside those that come by themselves. */
export type ReadNow = {
  /** A reading begun within the last 2 s, and after the last run ended, serves; else a new one, waited for this long, ms. */
  ask(source: PolledSource, ms: number): Promise<Unread>;
  /** The poller tells what its readings do. */
  began(source: PolledSource): void;
  took(source: PolledSource, outcome: Outcome): void;
  runEnded(): void;
};

/** One reading serves all who ask within this time (design 4). */
const sharedMs = 2_000;

type Reading = { began: number; outcome: Outcome | null };
type Waiting = { from: number; tell: (outcome: Outcome) => void };

/** `poke` has a source read at once, or once more after the reading under way. */
export function createReadNow(clock: Clock, poke: (source: PolledSource) => void): ReadNow {
  const newest = new Map<PolledSource, Reading>();
  const waiting = new Map<PolledSource, Waiting[]>();
  let runEnded = Number.NEGATIVE_INFINITY;

  const next = (source: PolledSource, from: number) => {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    waiting.set(source, [...(waiting.get(source) ?? []), { from, tell: resolve }]);
    return promise;
  };
  return {
    async ask(source, ms) {
      const from = Math.max(clock.monotonic() - sharedMs, runEnded);
      const reading = newest.get(source);
      const serves = reading !== undefined && reading.began >= from;
      if (serves && reading.outcome !== null) return unread(reading.outcome);
      if (!serves) poke(source);
      const outcome = await within(clock, ms, next(source, from));
      if (outcome !== null) return unread(outcome);
      const isUnderWay = newest.get(source)?.outcome === null;
      const seconds = Math.round(ms / 1000);
      return isUnderWay
        ? `gravity did not answer within ${seconds} s`
        : `another reading of gravity took longer than ${seconds} s`;
    },
    began(source) {
      newest.set(source, { began: clock.monotonic(), outcome: null });
    },
    took(source, outcome) {
      const began = newest.get(source)?.began ?? clock.monotonic();
      newest.set(source, { began, outcome });
      const all = waiting.get(source) ?? [];
      waiting.set(
        source,
        all.filter(({ from }) => from > began),
      );
      for (const { from, tell } of all) if (from <= began) tell(outcome);
    },
    runEnded() {
      runEnded = clock.monotonic();
    },
  };
}

/** That there is no operation, or none with a plan, is an answer. */
const answers: ReadonlySet<string> = new Set(['gravity.no-operation', 'gravity.no-plan']);

function unread(outcome: Outcome): Unread {
  return outcome.ok || answers.has(outcome.problem.code) ? null : outcome.problem.sentence;
}
