import type { Clock, Env, Files, Finished, Http, Interfaces, Processes } from '../../src/ports.ts';

/** How a test `gravity` answers: at argv level, so that every parser of ours takes part. */
export type GravityAnswer = Partial<Omit<Finished, 'stdout' | 'stderr'>> & {
  stdout?: string;
  stderr?: string;
};
export type Answering = (argv: readonly string[]) => GravityAnswer;
export type Poll = { argv: string; at: number; done: number | null };

export const noFiles: Files = {
  read: async () => null,
  readText: async () => null,
  readFrom: async () => null,
  write: async () => {},
  append: async () => {},
  list: async () => [],
  stat: async () => null,
  makeDirectory: async () => {},
  remove: async () => {},
  removeEmpty: async () => {},
  rename: async () => {},
  realpath: async () => null,
  isExecutable: async () => false,
  lock: async () => () => {},
  space: async () => null,
  watch: () => () => {},
};

export const noEnv: Env = { get: () => undefined, all: () => ({}) };
export const noInterfaces: Interfaces = { addresses: () => [], hostname: () => 'somewhere' };

export const nobodyListens: Pick<Http, 'request'> = {
  request: async () => ({ ok: false, code: 'ECONNREFUSED', message: 'connect ECONNREFUSED', durationMs: 1 }),
};

/** Processes that are one `gravity`: it takes `costMs` of a core and of time. `polls` is the record of its runs. */
export function gravityProcesses(clock: Clock, costMs: number, answer: Answering) {
  const polls: Poll[] = [];
  const run: Processes['run'] = async (command, { timeoutMs, stop }) => {
    const poll: Poll = { argv: command.argv.join(' '), at: clock.monotonic(), done: null };
    polls.push(poll);
    const { stdout = '', stderr = '', ...rest } = answer(command.argv);
    const hangs = rest.outcome === 'timed-out';
    await new Promise<void>((done) => {
      clock.after(hangs ? timeoutMs : costMs, done);
      stop?.addEventListener('abort', () => done());
    });
    poll.done = clock.monotonic();
    const encoder = new TextEncoder();
    return {
      outcome: 'exited',
      exitCode: 0,
      signal: null,
      durationMs: poll.done - poll.at,
      cpuMs: costMs,
      detail: null,
      ...rest,
      stdout: encoder.encode(stdout),
      stderr: encoder.encode(stderr),
    };
  };
  return { polls, processes: { run } };
}
