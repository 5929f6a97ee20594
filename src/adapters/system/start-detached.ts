import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { Command } from '../../ports.ts';
import { spawnProblem, unknownFormat } from './spawn-problem.ts';

type Output = { stdout: string; stderr: string };

/** Starts a program in a session of its own, its output appended to files: it lives on when we end. */
export async function startDetached(
  command: Command,
  output: Output,
): Promise<{ pid: number } | { failed: string }> {
  const problem = unknownFormat(command);
  if (problem !== null) return { failed: problem.detail };
  const files = await Promise.all([open(output.stdout, 'a', 0o600), open(output.stderr, 'a', 0o600)]);
  try {
    return await launched(
      command,
      files.map(({ fd }) => fd),
    );
  } catch (error) {
    return { failed: spawnProblem(command, error).detail };
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

function launched(command: Command, [stdout = 1, stderr = 2]: number[]): Promise<{ pid: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command.path, command.argv, {
      cwd: command.cwd,
      env: command.env,
      stdio: ['ignore', stdout, stderr],
      detached: true,
    });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve({ pid: child.pid ?? 0 });
    });
  });
}
