import type { Context } from './context.ts';

/** A simulated cluster of this user that runs now. */
export type RunningSimulator = { pid: number; birth: string; dir: string };

/** Tells others of this user where a simulator is; answers what takes the word back. */
export async function registerSimulator(context: Context, dir: string): Promise<() => Promise<void>> {
  const { files, processes } = context;
  const { pid } = processes.self;
  const folder = folderOf(context);
  await files.makeDirectory(folder, { mode: 0o700 });
  const path = `${folder}/${pid}.json`;
  await files.write(path, JSON.stringify({ pid, birth: processes.birth(pid), dir }), { mode: 0o600 });
  return () => files.remove(path);
}

/** The simulators of this user that still live; what dead ones left behind is removed. */
export async function runningSimulators(context: Context): Promise<RunningSimulator[]> {
  const { files, processes } = context;
  const folder = folderOf(context);
  const owner = await files.stat(folder);
  // The folder lies where everybody may make one: another's is not believed.
  if (owner === null || owner.uid !== processes.self.uid) return [];
  const found: RunningSimulator[] = [];
  for (const name of await files.list(folder)) {
    const one = parse(await files.readText(`${folder}/${name}`));
    if (one !== null && processes.birth(one.pid) === one.birth) found.push(one);
    else await files.remove(`${folder}/${name}`);
  }
  return found;
}

function folderOf({ places, processes }: Context): string {
  return `${places.temporary}/gravity-console-${processes.self.uid}/simulators`;
}

function parse(text: string | null): RunningSimulator | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return null;
    if (!('pid' in value && 'birth' in value && 'dir' in value)) return null;
    return { pid: Number(value.pid), birth: String(value.birth), dir: String(value.dir) };
  } catch {
    return null;
  }
}
