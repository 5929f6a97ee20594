import type { Cancel, Clock } from '../ports.ts';

/** Work that comes back. */
export type Task = {
  start(): void;
  stop(): void;
  /** Does it at once, or as soon as `gapMs` have passed since it last began; while it is being done, once more after. */
  poke(gapMs?: number): void;
  /** Its pause may have changed: the next time is set anew. */
  reschedule(): void;
};

export type TaskParts = {
  clock: Clock;
  /** Calls `began` when it has waited for its turn and really begins. Never rejects. */
  work: (began: () => void) => Promise<void>;
  /** Milliseconds from one beginning to the next. */
  pauseMs: () => number;
};

/** A task never runs twice at once; one that takes longer than its pause rests a whole pause after its end. */
export function createTask({ clock, work, pauseMs }: TaskParts): Task {
  const state = { started: false, busy: false, beganAt: 0, endedAt: 0, wishedAt: Number.POSITIVE_INFINITY };
  let cancel: Cancel = () => {};

  const run = async () => {
    state.busy = true;
    state.beganAt = clock.monotonic();
    await work(() => {
      state.beganAt = clock.monotonic();
      // Whoever wished for it before it really began gets this one: only a later wish needs another.
      state.wishedAt = Number.POSITIVE_INFINITY;
    });
    state.busy = false;
    state.endedAt = clock.monotonic();
    wait();
  };
  const wait = () => {
    cancel();
    if (state.started && !state.busy)
      cancel = clock.after(Math.max(0, Math.min(dueAt(), state.wishedAt) - clock.monotonic()), run);
  };
  const dueAt = () => {
    const pause = pauseMs();
    const overran = state.endedAt - state.beganAt > pause;
    return (overran ? state.endedAt : state.beganAt) + pause;
  };
  return {
    start() {
      state.started = true;
      state.wishedAt = clock.monotonic();
      wait();
    },
    stop() {
      state.started = false;
      cancel();
    },
    poke(gapMs = 0) {
      const soonest = gapMs === 0 ? clock.monotonic() : state.beganAt + gapMs;
      state.wishedAt = Math.min(state.wishedAt, soonest);
      wait();
    },
    reschedule: wait,
  };
}
