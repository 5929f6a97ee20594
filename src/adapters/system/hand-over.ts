import { spawn } from 'node:child_process';
import type { Command } from '../../ports.ts';

/** Lends our terminal to a program and waits. Ctrl-C is its own meanwhile: the terminal sends it to both. */
export function handOver(command: Command): Promise<{ exitCode: number | null; signal: string | null }> {
  const ignore = () => {};
  process.on('SIGINT', ignore);
  return new Promise<{ exitCode: number | null; signal: string | null }>((resolve) => {
    const child = spawn(command.path, command.argv, { cwd: command.cwd, env: command.env, stdio: 'inherit' });
    child.once('error', () => resolve({ exitCode: null, signal: null }));
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  }).finally(() => process.off('SIGINT', ignore));
}
