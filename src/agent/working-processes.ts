import { same } from '../model/same.ts';
import type { Files } from '../ports.ts';
import type { AtWork } from '../protocol/at-work.ts';
import { commandLine, isWork } from './local-gravity.ts';

type World = Pick<Files, 'list' | 'readText'>;

/**
 * The gravity processes at work on a plan on this machine, looked for again and again: null where processes cannot be
 * looked at. Only pids not seen before are read, and once more at the next look, for a program is its parent's image
 * between fork and exec. `binaries` are those known by then, absolute.
 */
export function processWatch(files: World, binaries: () => readonly string[]): () => Promise<AtWork | null> {
  let known = new Map<string, { command: string | null; sure: boolean }>();
  return async () => {
    const pids = (await files.list('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
    const before = known;
    known = new Map();
    for (const pid of pids) {
      const found = before.get(pid);
      const command = found?.sure ? found.command : await workOf(files, pid, binaries());
      known.set(pid, { command, sure: found !== undefined && same(found.command, command) });
    }
    if (pids.length === 0) return null;
    return [...known].flatMap(([pid, { command }]) =>
      command === null ? [] : [{ pid: Number(pid), command }],
    );
  };
}

async function workOf(files: World, pid: string, binaries: readonly string[]): Promise<string | null> {
  const line = await commandLine(files, pid);
  return line !== null && isWork(line, binaries) ? line : null;
}
