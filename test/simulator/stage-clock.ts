import type { WorldClock } from '../../src/simulator/world-clock.ts';

/** A world's time that goes on to whatever is due next as soon as nothing else happens, and stands still when held. */
export type StageClock = WorldClock & {
  /** From now on at most `ms` pass; without a number as much as there is to do. */
  allow(ms?: number): void;
};

type Sleeper = { due: number; wake: () => void };

/** Starts at `start`, epoch ms. Processes outside get their turn between any two wakings. */
export function stageClock(start: number): StageClock {
  const sleepers = new Set<Sleeper>();
  let elapsed = 0;
  let until = Number.POSITIVE_INFINITY;
  let pumping = false;

  const earliest = (): Sleeper | undefined =>
    [...sleepers].reduce<Sleeper | undefined>(
      (first, next) => (first === undefined || next.due < first.due ? next : first),
      undefined,
    );

  const pump = async (): Promise<void> => {
    if (pumping) return;
    pumping = true;
    for (;;) {
      await turn();
      const next = earliest();
      if (next === undefined || next.due > until) break;
      sleepers.delete(next);
      elapsed = Math.max(elapsed, next.due);
      next.wake();
    }
    pumping = false;
  };

  const sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      sleepers.add({ due: elapsed + Math.max(0, ms), wake });
      void pump();
    });

  return {
    now: () => Math.round(start + elapsed),
    sleep,
    watch: sleep,
    allow: (ms = Number.POSITIVE_INFINITY) => {
      until = elapsed + ms;
      void pump();
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
