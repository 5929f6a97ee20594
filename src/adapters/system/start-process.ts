import { spawn } from 'node:child_process';
import type { Command, Started } from '../../ports.ts';
import { type SpawnProblem, spawnProblem, unknownFormat } from './spawn-problem.ts';

/** Starts a program with pipes. One that could not be started has pid 0 and an `exited` that says why. */
export function startProcess(command: Command): Started {
  const problem = unknownFormat(command);
  if (problem !== null) return neverStarted(problem);
  try {
    return started(command);
  } catch (error) {
    return neverStarted(spawnProblem(command, error));
  }
}

function started(command: Command): Started {
  const child = spawn(command.path, command.argv, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: command.ownGroup ?? false,
  });
  // A program that does not read its input ends the pipe; that is no trouble of ours.
  child.stdin.on('error', () => {});
  return {
    pid: child.pid ?? 0,
    onStdout: (take) => void child.stdout.on('data', take),
    onStderr: (take) => void child.stderr.on('data', take),
    writeStdin: (text) => void child.stdin.write(text),
    endStdin: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    exited: new Promise((resolve) => {
      child.once('error', (error) =>
        resolve({ exitCode: null, signal: null, ...spawnProblem(command, error) }),
      );
      child.once('close', (exitCode, signal) =>
        resolve({ exitCode, signal, outcome: signal === null ? 'exited' : 'signalled', detail: null }),
      );
    }),
  };
}

function neverStarted(problem: SpawnProblem): Started {
  const nothing = () => {};
  return {
    pid: 0,
    onStdout: nothing,
    onStderr: nothing,
    writeStdin: nothing,
    endStdin: nothing,
    kill: nothing,
    exited: Promise.resolve({ exitCode: null, signal: null, ...problem }),
  };
}
