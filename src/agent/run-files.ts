import type { Files } from '../ports.ts';

/** A step as the keeper runs it: a program, its exact arguments, a working directory that exists. */
export type KeptStep = { path: string; argv: string[]; cwd: string };

/**
 * How a keeper's row of steps ended: the step it ended at, its exit, the system's words where it could not be started,
 * how many bytes of output were dropped, and whether it was interrupted.
 */
export type KeeperExit = {
  step: number;
  exitCode: number | null;
  signal: string | null;
  detail: string | null;
  dropped: number;
  at: string;
  interrupted: boolean;
};

/** What a keeper has told so far: who it is, the index of the last step it began, and when: null before the first. */
export type KeeperProgress = {
  keeper: { pid: number; birth: string | null } | null;
  step: number;
  beganAt: string | null;
};

/** Where things lie in RUNDIR. `run` is the agent's own record, the rest is between it and the keeper. */
export function keeperFiles(dir: string) {
  return {
    dir,
    run: `${dir}/run.json`,
    steps: `${dir}/steps.json`,
    output: `${dir}/output`,
    progress: `${dir}/progress.jsonl`,
    exit: `${dir}/exit.json`,
    ballast: `${dir}/ballast`,
    log: `${dir}/keeper.log`,
  };
}

/** The exit, null while there is none. It is written whole by rename, so half a file is a foreign hand's: null too. */
export async function readExit(files: Files, dir: string): Promise<KeeperExit | null> {
  const exit = parsed((await files.readText(keeperFiles(dir).exit)) ?? '');
  return exit === null ? null : { ...noExit, ...exit };
}

export async function readProgress(files: Files, dir: string): Promise<KeeperProgress> {
  const text = (await files.readText(keeperFiles(dir).progress)) ?? '';
  const progress: KeeperProgress = { keeper: null, step: 0, beganAt: null };
  for (const line of text.split('\n')) {
    const { kind, pid, birth, step, at } = parsed(line) ?? {};
    if (kind === 'keeper' && typeof pid === 'number')
      progress.keeper = { pid, birth: typeof birth === 'string' ? birth : null };
    if (kind === 'began' && typeof step === 'number')
      Object.assign(progress, { step, beganAt: typeof at === 'string' ? at : null });
  }
  return progress;
}

const noExit: KeeperExit = {
  step: 0,
  exitCode: null,
  signal: null,
  detail: null,
  dropped: 0,
  at: '',
  interrupted: false,
};

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
