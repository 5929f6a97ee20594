import type { Env, Files } from '../ports.ts';
import type { Binary } from '../protocol/binary.ts';

export type Candidate = Pick<Binary, 'path' | 'from'>;

/** Where an upgrade unpacks its own gravity, so many folders deep at most. */
const updateDirectory = 'site/update';
const depth = 4;

/**
 * Where a gravity may be, best first, each file once: the options (also when nothing is there, to say so), the first
 * one in PATH, the update directory.
 */
export async function findCandidates(
  { files, env }: { files: Files; env: Env },
  { gravity, stateDir }: { gravity: readonly string[]; stateDir: string },
): Promise<Candidate[]> {
  const given = gravity.map((path): Candidate => ({ path, from: 'option' }));
  const inPath = await firstInPath(files, env.get('PATH') ?? '');
  const unpacked = await below(files, `${stateDir}/${updateDirectory}`, depth);
  const rest = unpacked.map((path): Candidate => ({ path, from: 'update-directory' }));
  return once(files, [...given, ...(inPath === null ? [] : [inPath]), ...rest]);
}

async function firstInPath(files: Files, path: string): Promise<Candidate | null> {
  for (const directory of path.split(':').filter((entry) => entry.startsWith('/'))) {
    const file = `${directory}/gravity`;
    if (await files.isExecutable(file).catch(() => false)) return { path: file, from: 'path' };
  }
  return null;
}

/** Files named gravity below a directory; what may not be looked into is passed over. */
async function below(files: Files, directory: string, levels: number): Promise<string[]> {
  const names = await files.list(directory).catch(() => []);
  const found: string[] = [];
  for (const name of names.toSorted()) {
    const path = `${directory}/${name}`;
    const stat = await files.stat(path).catch(() => null);
    if (stat?.kind === 'file' && name === 'gravity') found.push(path);
    if (stat?.kind === 'directory' && levels > 1) found.push(...(await below(files, path, levels - 1)));
  }
  return found;
}

async function once(files: Files, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const real = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const path = (await files.realpath(candidate.path).catch(() => null)) ?? candidate.path;
    if (!real.has(path)) real.set(path, candidate);
  }
  return [...real.values()];
}
