import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Clock, Command, Finished } from '../../ports.ts';
import { childrenCpuMs } from './proc-stat.ts';
import { spawnProblem, unknownFormat } from './spawn-problem.ts';

type Limits = { timeoutMs: number; maxBytes: number; stop?: AbortSignal; clock: Clock };
type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Between the polite signal and the last one; a stop does not wait as long as a timeout. */
const graceMs = { late: 2_000, stopped: 1_000 };
/** How long output may still come after the program ended: a grandchild may hold the pipe for ever. */
const drainMs = 1_000;

/**
 * Runs a program to its end in a process group of its own, so that a timeout or too much output ends its children
 * too. Both streams are collected. `cpuMs` is the difference of all waited-for children: another program ending
 * meanwhile is counted in, which errs on the side of polling less.
 */
export function runProcess(command: Command, limits: Limits): Promise<Finished> {
  const problem = unknownFormat(command);
  if (problem !== null) return Promise.resolve(notStarted(problem));
  if (limits.stop?.aborted) return Promise.resolve(notStarted(stopped));
  return new Promise((resolve) => {
    try {
      follow(launch(command), { command, limits, resolve });
    } catch (error) {
      // Arguments spawn itself refuses: a null byte, a list too long.
      resolve(notStarted(spawnProblem(command, error)));
    }
  });
}

function launch(command: Command): Child {
  return spawn(command.path, command.argv, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

type Following = { command: Command; limits: Limits; resolve: (finished: Finished) => void };

function follow(child: Child, { command, limits, resolve }: Following): void {
  const began = limits.clock.monotonic();
  const cpuBefore = childrenCpuMs();
  const output = collect(child, limits.maxBytes, () => end('overflowed'));
  let outcome: Finished['outcome'] = 'exited';
  let timers = [setTimeout(() => end('timed-out'), limits.timeoutMs)];

  const end = (why: Finished['outcome'], grace = graceMs.late) => {
    if (outcome !== 'exited') return;
    outcome = why;
    killGroup(child, 'SIGTERM');
    timers = [...timers, setTimeout(() => killGroup(child, 'SIGKILL'), grace)];
  };
  const stop = () => end('signalled', graceMs.stopped);
  limits.stop?.addEventListener('abort', stop);
  const settle = (part: Partial<Finished>) => {
    limits.stop?.removeEventListener('abort', stop);
    for (const timer of timers) clearTimeout(timer);
    const cpuAfter = childrenCpuMs();
    const cpuMs = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
    resolve({
      ...emptyFinished,
      ...output.bytes(),
      durationMs: limits.clock.monotonic() - began,
      cpuMs,
      ...part,
    });
  };

  child.once('error', (error) => settle(spawnProblem(command, error)));
  child.once('exit', () => {
    timers = [...timers, setTimeout(() => closeStreams(child), drainMs)];
  });
  child.once('close', (exitCode, signal) => {
    const how = outcome === 'exited' && signal !== null ? 'signalled' : outcome;
    settle({ outcome: how, exitCode, signal });
  });
}

function collect(child: Child, maxBytes: number, overflow: () => void) {
  const taken = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let left = maxBytes;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk: Buffer) => {
      if (left > 0) taken[stream].push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left < 0) overflow();
    });
  }
  return { bytes: () => ({ stdout: Buffer.concat(taken.stdout), stderr: Buffer.concat(taken.stderr) }) };
}

function closeStreams(child: Child): void {
  child.stdout.destroy();
  child.stderr.destroy();
}

function killGroup(child: Child, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

const stopped = { outcome: 'failed', detail: 'it was stopped before it began' } as const;

const emptyFinished: Finished = {
  outcome: 'exited',
  exitCode: null,
  signal: null,
  stdout: new Uint8Array(),
  stderr: new Uint8Array(),
  durationMs: 0,
  cpuMs: null,
  detail: null,
};

function notStarted(problem: Pick<Finished, 'outcome' | 'detail'>): Finished {
  return { ...emptyFinished, ...problem };
}
