import type { Clock } from '../ports.ts';
import type { Binary } from '../protocol/binary.ts';
import { createTask, type Task } from './task.ts';
import type { Turns } from './turns.ts';

/** Binaries are looked for again this often: while none works, and otherwise. */
const searchMs = { none: 10_000, some: 300_000 };

export type Search = {
  clock: Clock;
  turns: Turns;
  find: () => Promise<Binary[]>;
  binary: () => string | null;
  found: (binaries: readonly Binary[]) => void;
  /** Another binary polls from now on. */
  changed: () => void;
};

/** Looks for binaries again and again: an upgrade unpacks its own, and one that was missing may be put in place. */
export function searchTask({ clock, turns, find, binary, found, changed }: Search): Task {
  return createTask({
    clock,
    pauseMs: () => (binary() === null ? searchMs.none : searchMs.some),
    work: turns.inLane(async (began) => {
      began();
      const before = binary();
      const binaries = await find();
      if (turns.ended()) return;
      found(binaries);
      if (binary() !== before) changed();
    }),
  });
}
