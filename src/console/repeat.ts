import type { Cancel, Clock } from '../ports.ts';

/** Runs at once and then again, each time after as many ms as `run` answers. */
export function repeat(clock: Clock, run: () => number): Cancel {
  let cancel: Cancel = () => {};
  const again = () => {
    cancel = clock.after(run(), again);
  };
  again();
  return () => cancel();
}
