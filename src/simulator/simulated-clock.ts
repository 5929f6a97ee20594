import type { Cancel, Clock } from '../ports.ts';
import type { WorldClock } from './world-clock.ts';

export type SimulatedClock = WorldClock & {
  /** How many simulated milliseconds of work pass in one of ours; 0 stands still. */
  setSpeed(speed: number): void;
  speed(): number;
};

type Sleeper = { leftMs: number; wake: () => void };

/** The time of a cluster that runs beside us: wall stamps from `clock`, work at `speed` times its pace. */
export function simulatedClock(clock: Clock, startSpeed: number): SimulatedClock {
  const sleepers = new Set<Sleeper>();
  let speed = startSpeed;
  let since = clock.monotonic();
  let cancel: Cancel = () => {};

  const pass = (): void => {
    const now = clock.monotonic();
    const passedMs = (now - since) * speed;
    since = now;
    for (const sleeper of sleepers) sleeper.leftMs -= passedMs;
    for (const sleeper of [...sleepers].filter(({ leftMs }) => leftMs <= 0)) {
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    cancel();
    if (sleepers.size === 0 || speed === 0) return;
    const nextMs = Math.min(...[...sleepers].map(({ leftMs }) => leftMs));
    cancel = clock.after(Math.max(1, Math.ceil(nextMs / speed)), pass);
  };

  const sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      pass();
      sleepers.add({ leftMs: ms, wake });
      pass();
    });

  return {
    now: () => Math.round(clock.now()),
    sleep,
    watch: sleep,
    speed: () => speed,
    setSpeed: (next) => {
      pass();
      speed = next;
      pass();
    },
  };
}
