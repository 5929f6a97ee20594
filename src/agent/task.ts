import type { Cancel, Clock } from '../ports.ts';

/** Work that comes back. */
export type Task = {
  start(): void;
  stop(): void;
  /** Does it at once; while it is being done, once more right after. */
  poke(): void;
  /** Its pause may have changed: the next time is set anew. */
  reschedule(): void;
};

export type TaskParts = {
  clock: Clock;
  /** Calls `began` when it has waited for its turn and really begins. */
  work: (began: () => void) => Promise<void>;
  /** Milliseconds from one beginning to the next. */
  pauseMs: () => number;
};

/** A task never runs twice at once; one that takes longer than its pause rests a whole pause after its end. */
export function createTask({ clock, work, pauseMs }: TaskParts): Task {
  const state = { started: false, busy: false, again: false, beganAt: 0, endedAt: 0 };
  let cancel: Cancel = () => {};

  const run = async () => {
    state.busy = true;
    state.again = false;
    state.beganAt = clock.monotonic();
    await work(() => {
      state.beganAt = clock.monotonic();
      // Whoever asked before this reading began gets it: only a later wish needs another.
      state.again = false;
    });
    state.busy = false;
    state.endedAt = clock.monotonic();
    if (state.started) wait();
  };
  const wait = () => {
    cancel();
    cancel = clock.after(state.again ? 0 : dueIn(), run);
  };
  const dueIn = () => {
    const pause = pauseMs();
    const overran = state.endedAt - state.beganAt > pause;
    return Math.max(0, (overran ? state.endedAt : state.beganAt) + pause - clock.monotonic());
  };
  return {
    start() {
      state.started = true;
      if (!state.busy) cancel = clock.after(0, run);
    },
    stop() {
      state.started = false;
      cancel();
    },
    poke() {
      state.again = true;
      if (state.started && !state.busy) wait();
    },
    reschedule() {
      if (state.started && !state.busy && state.endedAt > 0) wait();
    },
  };
}
