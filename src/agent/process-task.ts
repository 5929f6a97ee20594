import { same } from '../model/same.ts';
import type { Clock, Files } from '../ports.ts';
import type { Ledger } from './contracts.ts';
import { createTask, type Task } from './task.ts';
import type { Turns } from './turns.ts';
import { processWatch } from './working-processes.ts';

const lookMs = 5_000;

type Parts = {
  clock: Clock;
  files: Files;
  ledger: Ledger;
  turns: Turns;
  /** A gravity began to work here, or ended: what it does is to be read at once. */
  changed: () => void;
};

/** Looks for gravity at work on this machine every 5 s (design 4). */
export function processTask({ clock, files, ledger, turns, changed }: Parts): Task {
  const look = processWatch(files);
  return createTask({
    clock,
    pauseMs: () => lookMs,
    work: turns.beside(async (began) => {
      began();
      const atWork = await look();
      if (turns.ended() || same(atWork, ledger.state().atWork)) return;
      const isMore = (ledger.state().atWork ?? []).length > 0 || (atWork ?? []).length > 0;
      ledger.record({ kind: 'gravity.working', seen: new Date(clock.now()).toISOString(), atWork });
      if (isMore) changed();
    }),
  });
}
