import type { Files } from '../ports.ts';
import { removeDoors } from '../simulator/doors/remove-doors.ts';
import type { Context } from './context.ts';

/** A simulated cluster of this user that runs now. */
export type RunningSimulator = { pid: number; birth: string; dir: string };

/** What somebody of this user has under way: a cluster with its doors in `dir`, or a demo that owns all of `dir`. */
type Entry = RunningSimulator & { owns: 'doors' | 'directory' };

/** Only what a demo has made itself is ever removed as a whole. */
const DEMO_NAME = /\/gravity-console-demo-[0-9a-f]{8}$/;

/**
 * Tells others of this user where a simulator is, and takes away what dead ones left; answers what takes the word back.
 * A demo that made its own directory owns it: should it die without a word, the next one to start removes it.
 */
export async function registerSimulator(
  context: Context,
  dir: string,
  owns: Entry['owns'] = 'doors',
): Promise<() => Promise<void>> {
  const { files, processes } = context;
  const { pid } = processes.self;
  const folder = folderOf(context);
  const path = `${folder}/${pid}-${owns}.json`;
  const entry: Entry = { pid, birth: processes.birth(pid) ?? '', dir, owns };
  await sweep(context);
  await leaveWord(files, { folder, path, text: JSON.stringify(entry) });
  return async () => {
    await files.remove(path);
    await files.removeEmpty(folder);
    await files.removeEmpty(parentOf(folder));
  };
}

/** The last one to leave takes the empty folder away: it may go just before our word is in it, and not after. */
async function leaveWord(
  files: Files,
  word: { folder: string; path: string; text: string },
  tries = 20,
): Promise<void> {
  await files.makeDirectory(word.folder, { mode: 0o700 });
  try {
    await files.write(word.path, word.text, { mode: 0o600 });
  } catch (error) {
    if (tries === 0) throw error;
    await leaveWord(files, word, tries - 1);
  }
}

/** The simulators of this user that still live; what dead ones left behind is removed. */
export async function runningSimulators(context: Context): Promise<RunningSimulator[]> {
  const living = await sweep(context);
  return living.filter(({ owns }) => owns === 'doors').map(({ pid, birth, dir }) => ({ pid, birth, dir }));
}

/** Removes what the dead left, unless somebody lives in it; answers the living. */
async function sweep(context: Context): Promise<Entry[]> {
  const { files, processes } = context;
  const folder = folderOf(context);
  const owner = await files.stat(folder);
  // The folder lies where everybody may make one: another's is not believed.
  if (owner === null || owner.uid !== processes.self.uid) return [];
  const names = (await files.list(folder)).filter((name) => name.endsWith('.json'));
  const found = await Promise.all(
    names.map(async (name) => ({ name, entry: parse(await files.readText(`${folder}/${name}`)) })),
  );
  const living = found.flatMap(({ entry }) =>
    entry !== null && processes.birth(entry.pid) === entry.birth ? [entry] : [],
  );
  for (const { name, entry } of found) {
    if (entry !== null && living.some(({ dir }) => dir === entry.dir)) continue;
    if (entry !== null) await removeRemains(context, entry);
    await files.remove(`${folder}/${name}`);
  }
  return living;
}

async function removeRemains({ files, places }: Context, { dir, owns }: Entry): Promise<void> {
  if (owns === 'doors') await removeDoors(dir, files);
  else if (dir.startsWith(`${places.temporary}/`) && DEMO_NAME.test(dir)) await files.remove(dir);
}

function folderOf({ places, processes }: Context): string {
  return `${places.temporary}/gravity-console-${processes.self.uid}/simulators`;
}

function parentOf(folder: string): string {
  return folder.replace(/\/[^/]*$/, '');
}

function parse(text: string | null): Entry | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return null;
    if (!('pid' in value && 'birth' in value && 'dir' in value)) return null;
    const owns = 'owns' in value && value.owns === 'directory' ? 'directory' : 'doors';
    return { pid: Number(value.pid), birth: String(value.birth), dir: String(value.dir), owns };
  } catch {
    return null;
  }
}
