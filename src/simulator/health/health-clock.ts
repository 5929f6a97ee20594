import type { Cancel, Clock } from '../../ports.ts';

/** Time as the health agents feel it, in milliseconds. */
export type HealthClock = { after(ms: number, run: () => void): Cancel; stop(): void };

/** However fast the work: a round takes at least a quarter of a second of ours. */
const FASTEST = 120;

/** How long a change of the speed may go unnoticed, in our milliseconds. */
const LOOK_MS = 1000;

/**
 * The pace of the work for those who look at it: never slower than ours, because what they stamp is wall time and must
 * not look old while the world stands still.
 */
export function healthClock(clock: Clock, speed: () => number): HealthClock {
  const waiting = new Set<{ leftMs: number; run: () => void }>();
  let since = clock.monotonic();
  let cancel: Cancel = () => {};
  const pace = (): number => Math.min(FASTEST, Math.max(1, speed()));
  let paced = pace();

  const pass = (): void => {
    const now = clock.monotonic();
    for (const one of waiting) one.leftMs -= (now - since) * paced;
    since = now;
    paced = pace();
    const due = [...waiting].filter(({ leftMs }) => leftMs <= 0).sort((a, b) => a.leftMs - b.leftMs);
    for (const one of due) if (waiting.delete(one)) one.run();
    arm();
  };
  const arm = (): void => {
    cancel();
    if (waiting.size === 0) return;
    const nextMs = Math.min(...[...waiting].map(({ leftMs }) => leftMs)) / paced;
    cancel = clock.after(Math.max(1, Math.min(LOOK_MS, Math.ceil(nextMs))), pass);
  };

  return {
    after: (ms, run) => {
      const one = { leftMs: ms + (clock.monotonic() - since) * paced, run };
      waiting.add(one);
      arm();
      return () => waiting.delete(one);
    },
    stop: () => {
      cancel();
      waiting.clear();
    },
  };
}
