import { same } from '../model/same.ts';
import type { Clock, Files } from '../ports.ts';
import type { Ledger } from './contracts.ts';
import { createTask, type Task } from './task.ts';
import type { Turns } from './turns.ts';
import { processWatch } from './working-processes.ts';

const lookMs = 5_000;

export type ProcessLook = { look(): Promise<void>; task: Task };

type Parts = {
  clock: Clock;
  files: Files;
  ledger: Ledger;
  turns: Turns;
  /** A gravity began to work here, or ended: what it does is to be read at once. */
  changed: () => void;
};

/** Looks for gravity at work on this machine every 5 s (design 4), and at once when asked. */
export function createProcessLook({ clock, files, ledger, turns, changed }: Parts): ProcessLook {
  const watch = processWatch(files, () => ledger.state().binaries.map(({ path }) => path));
  const look = async () => {
    const atWork = await watch();
    const before = ledger.state().atWork;
    if (turns.ended() || same(atWork, before)) return;
    ledger.record({ kind: 'gravity.working', seen: new Date(clock.now()).toISOString(), atWork });
    if ((before ?? []).length > 0 || (atWork ?? []).length > 0) changed();
  };
  const work = turns.beside((began) => {
    began();
    return look();
  });
  return { look, task: createTask({ clock, pauseMs: () => lookMs, work }) };
}
