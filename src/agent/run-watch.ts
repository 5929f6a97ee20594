import { same } from '../model/same.ts';
import type { Cancel, Clock, Files, Processes } from '../ports.ts';
import { type KeeperExit, type KeeperProgress, keeperFiles, readExit, readProgress } from './run-files.ts';

/** The end of a keeper: its exit, or null when it vanished without one. */
export type KeeperEnd = { exit: KeeperExit | null; outputBytes: number };
/** How far a keeper is: the step it is at and when it began that one, null before the first, and what it has printed. */
export type Seen = { step: number; beganAt: string | null; outputBytes: number };

/** Changed files are looked at after this long, so that a chatty program does not keep us busy. */
const settleMs = 200;
/** Looked at without a sign too: a watch may be lost, and nobody tells of a death. */
const lookMs = 1_000;
/** How long a keeper may take from its start to its first line. */
const startMs = 30_000;

type World = { clock: Clock; files: Files; processes: Processes };
export type Watched = { dir: string; pid: number | null };

/**
 * Follows a keeper by its files and its process until its end; `seen` is called when the step or the output moved.
 * Works the same for one just started and for one found after a restart. `stop` leaves it to itself.
 */
export function watchKeeper(
  world: World,
  watched: Watched,
  seen: (now: Seen) => void,
): { end: Promise<KeeperEnd>; stop: Cancel } {
  const began = world.clock.monotonic();
  const { promise: end, resolve } = Promise.withResolvers<KeeperEnd>();
  let cancelLook: Cancel = () => {};
  let soon = false;
  let over = false;
  let last: Seen = { step: 0, beganAt: null, outputBytes: 0 };

  const look = async () => {
    soon = false;
    // A file that cannot be read just now (no descriptor left, a failing disk) tells nothing: look again.
    const found = await lookAt(world, watched, world.clock.monotonic() - began).catch(() => null);
    if (over) return;
    if (found?.over) {
      stop();
      return resolve({ exit: found.exit, outputBytes: found.outputBytes });
    }
    if (found !== null && !same(last, seenOf(found))) {
      last = seenOf(found);
      seen(last);
    }
    if (!soon) cancelLook = world.clock.after(lookMs, look);
  };
  const hurry = () => {
    if (soon || over) return;
    soon = true;
    cancelLook();
    cancelLook = world.clock.after(settleMs, look);
  };
  const { exit, output } = keeperFiles(watched.dir);
  const watches = [exit, output].map((path) => world.files.watch(path, hurry));
  const stop = () => {
    over = true;
    cancelLook();
    for (const cancel of watches) cancel();
  };
  void look();
  return { end, stop };
}

function seenOf({ step, beganAt, outputBytes }: Seen): Seen {
  return { step, beganAt, outputBytes };
}

type Look = Seen & { over: boolean; exit: KeeperExit | null };

/** Alive is asked before the exit is read: whoever died in between has left it by then. */
async function lookAt({ files, processes }: World, { dir, pid }: Watched, ageMs: number): Promise<Look> {
  const progress = await readProgress(files, dir);
  const alive = isAlive(processes, progress, { pid, ageMs });
  const exit = await readExit(files, dir);
  const outputBytes = (await files.stat(keeperFiles(dir).output))?.size ?? 0;
  const { beganAt } = progress;
  return { step: exit?.step ?? progress.step, beganAt, outputBytes, exit, over: exit !== null || !alive };
}

function isAlive(
  processes: Processes,
  { keeper }: KeeperProgress,
  { pid, ageMs }: { pid: number | null; ageMs: number },
): boolean {
  if (keeper !== null) return keeper.birth !== null && processes.birth(keeper.pid) === keeper.birth;
  // Started and not yet heard of: by its process where we have it, else by the time it may take.
  return pid !== null ? processes.birth(pid) !== null : ageMs < startMs;
}
