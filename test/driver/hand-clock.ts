import type { Clock } from '../../src/ports.ts';

export type HandClock = Clock & {
  /** Moves time on by `ms`, running what falls due in order and letting promises settle between. */
  advance(ms: number): Promise<void>;
  /** Waits until `true` comes back, moving time from one timer to the next; throws past `withinMs` of its own time. */
  until(what: () => boolean, withinMs?: number): Promise<void>;
  /** Lets everything that waits for no timer happen. */
  settle(): Promise<void>;
  /** How many timers wait. */
  timers(): number;
};

type Timer = { at: number; order: number; run: () => void };

/** A clock that stands still until a test moves it. Starts at `start`, epoch ms. */
export function handClock(start = Date.parse('2026-11-22T11:06:36.000Z')): HandClock {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let order = 0;
  const next = () => [...timers].sort((one, other) => one.at - other.at || one.order - other.order)[0];
  const step = async (to: number) => {
    await settle();
    const timer = next();
    if (timer === undefined || timer.at > to) return false;
    timers.delete(timer);
    elapsed = Math.max(elapsed, timer.at);
    timer.run();
    return true;
  };
  const advance = async (ms: number) => {
    const to = elapsed + ms;
    while (await step(to));
    elapsed = to;
    await settle();
  };
  const after = (ms: number, run: () => void) => {
    order += 1;
    const timer = { at: elapsed + Math.max(0, ms), order, run };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after,
    wait: (ms) => new Promise((resolve) => after(ms, resolve)),
    advance,
    async until(what, withinMs = 600_000) {
      const end = elapsed + withinMs;
      await settle();
      while (!what())
        if (!(await step(end)) && !what()) throw new Error(`not within ${withinMs} ms of the hand clock`);
      await settle();
    },
    settle,
    timers: () => timers.size,
  };
}

/** Promises chained a few deep and immediate callbacks; no timer of the real clock takes part. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((done) => setImmediate(done));
}
