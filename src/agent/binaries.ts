import { readAnswer } from '../adapters/gravity/read-answer.ts';
import { readVersion } from '../adapters/gravity/version.ts';
import type { Env, Files, Processes } from '../ports.ts';
import type { Binary } from '../protocol/binary.ts';
import { type Candidate, findCandidates } from './candidates.ts';

export type BinaryParts = { processes: Pick<Processes, 'run'>; files: Files; env: Env };

/** `gravity` are the --gravity options in order; `stateDir` is gravity's own (`/var/lib/gravity`), `cwd` a directory that stays. */
export type BinaryOptions = { gravity: readonly string[]; stateDir: string; cwd: string };

const limits = { timeoutMs: 10_000, maxBytes: 1024 * 1024 };

/**
 * Every gravity there is and what it says it is, roles not yet given. A version is asked again only when the file
 * changed; what failed is asked every time.
 */
export function binaryFinder(parts: BinaryParts, options: BinaryOptions): () => Promise<Binary[]> {
  const known = new Map<string, Binary>();
  return async () => {
    const found: Binary[] = [];
    for (const candidate of await findCandidates(parts, options)) {
      const print = await fingerprint(parts.files, candidate.path);
      const binary = known.get(print) ?? (await ask(parts, { ...candidate, cwd: options.cwd }));
      if (binary.problem === null) known.set(print, binary);
      found.push({ ...binary, from: candidate.from });
    }
    return found;
  };
}

/**
 * Gives the roles: the one whose version the plan names drives (without a plan's word, the first that works), and the
 * same one polls, else the first that works: showing a plan is not bound to a version (client-facts 14).
 */
export function withRoles(binaries: readonly Binary[], wanted: string | null): Binary[] {
  const working = binaries.filter(({ problem }) => problem === null);
  const driver = wanted === null ? working[0] : working.find(({ version }) => version === wanted);
  const poller = driver ?? working[0];
  return binaries.map((binary) => ({
    ...binary,
    drives: binary.path === driver?.path,
    polls: binary.path === poller?.path,
  }));
}

async function ask(
  { processes }: BinaryParts,
  { path, from, cwd }: Candidate & { cwd: string },
): Promise<Binary> {
  const finished = await processes.run({ path, argv: ['version', '--output=json'], cwd }, limits);
  const reading = readAnswer(finished, `${path} version`, readVersion);
  return {
    path,
    from,
    version: reading.ok ? reading.value.version : null,
    drives: false,
    polls: false,
    problem: reading.ok ? null : reading.problem,
  };
}

async function fingerprint(files: Files, path: string): Promise<string> {
  const stat = await files.stat(path).catch(() => null);
  return JSON.stringify([path, stat?.size, stat?.mtimeMs]);
}
