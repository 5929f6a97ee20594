import type { Cancel, Clock } from '../ports.ts';
import type { WorldClock } from './world-clock.ts';

export type SimulatedClock = WorldClock & {
  /** How many simulated milliseconds of work pass in one of ours; 0 stands still. */
  setSpeed(speed: number): void;
  speed(): number;
  /** Simulated milliseconds of work since the cluster began. */
  elapsed(): number;
};

type Sleeper = { dueMs: number; wake: () => void };

/**
 * The time of a cluster that runs beside us: wall stamps from `clock`, work at `speed` times its pace. Whoever sleeps is
 * woken in the order of the simulated time and goes on from exactly there, however late our own timer is: at any speed
 * the same work takes the same simulated time in the same order.
 */
export function simulatedClock(clock: Clock, startSpeed: number): SimulatedClock {
  const sleepers = new Set<Sleeper>();
  let speed = startSpeed;
  let elapsedMs = 0;
  let untilMs = 0;
  let since = clock.monotonic();
  let waking = false;
  let cancel: Cancel = () => {};

  /** While sleepers are being woken time stands still: a machine too slow for the speed gets a slower world. */
  const pass = (): void => {
    const now = clock.monotonic();
    if (!waking) untilMs += (now - since) * speed;
    since = now;
    if (!waking) elapsedMs = Math.max(elapsedMs, Math.min(untilMs, earliest(sleepers)));
  };

  const arm = (): void => {
    cancel();
    const nextMs = earliest(sleepers) - untilMs;
    if (waking || speed === 0 || nextMs === Number.POSITIVE_INFINITY) return;
    cancel = clock.after(Math.max(1, Math.ceil(nextMs / speed)), () => void wakeDue());
  };

  const wakeDue = async (): Promise<void> => {
    pass();
    waking = true;
    for (let next = earliest(sleepers); next <= untilMs; next = earliest(sleepers)) {
      elapsedMs = Math.max(elapsedMs, next);
      for (const sleeper of [...sleepers].filter(({ dueMs }) => dueMs === next)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await settled();
    }
    pass();
    waking = false;
    arm();
  };

  const sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      // Who is woken in turn adds no time to its turn: else one who always sleeps again would be woken for ever.
      if (!waking) pass();
      sleepers.add({ dueMs: elapsedMs + Math.max(0, ms), wake });
      arm();
    });

  return {
    now: () => Math.round(clock.now()),
    sleep,
    watch: sleep,
    speed: () => speed,
    elapsed: () => {
      pass();
      return elapsedMs;
    },
    setSpeed: (next) => {
      pass();
      // What is overdue stays overdue; a pause begins at once.
      if (next === 0) untilMs = elapsedMs;
      speed = next;
      arm();
    },
  };
}

function earliest(sleepers: ReadonlySet<Sleeper>): number {
  let dueMs = Number.POSITIVE_INFINITY;
  for (const sleeper of sleepers) dueMs = Math.min(dueMs, sleeper.dueMs);
  return dueMs;
}

/** A phase that ends begins the next one a few dozen promises later; all of them are over after this many turns. */
const TURNS = 200;

async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await null;
}
