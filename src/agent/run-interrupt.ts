import type { Clock, Files, Processes } from '../ports.ts';
import { readExit, readProgress } from './run-files.ts';

type World = { clock: Clock; files: Files; processes: Processes };

const tries = 50;
const tryMs = 100;

/**
 * Signals a run's keeper, which hands it on to gravity. A keeper just started is waited for: before its first line it
 * would die of the signal instead. A sentence when nobody could be reached.
 */
export async function interruptKeeper(
  { clock, files, processes }: World,
  dir: string,
  signal: 'SIGINT' | 'SIGTERM',
): Promise<string | null> {
  for (let count = 0; count < tries; count += 1) {
    if ((await readExit(files, dir)) !== null) return null;
    const { keeper } = await readProgress(files, dir);
    if (keeper !== null) {
      const alive = keeper.birth !== null && processes.birth(keeper.pid) === keeper.birth;
      if (!alive) return 'its keeper is gone';
      return processes.signal(keeper.pid, signal) ? null : 'its keeper could not be signalled';
    }
    await new Promise<void>((resolve) => clock.after(tryMs, resolve));
  }
  return 'its keeper has not begun';
}
