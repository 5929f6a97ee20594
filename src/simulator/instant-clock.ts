import type { WorldClock } from './world-clock.ts';

/** A clock of its own on which nothing is waited for: each reading is a millisecond later, each sleep is over at once. */
export function instantClock(startMs: number): WorldClock {
  let nowMs = startMs;
  const never = new Promise<void>(() => {});
  return {
    now: () => nowMs++,
    sleep: async (ms) => {
      nowMs += Math.round(ms);
    },
    watch: () => never,
  };
}
