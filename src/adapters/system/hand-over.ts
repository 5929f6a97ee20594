import { spawn, spawnSync } from 'node:child_process';
import type { Command } from '../../ports.ts';

/**
 * Lends our terminal to a program and waits. Ctrl-C is its own meanwhile: the terminal sends it to both. A program that
 * was killed leaves the terminal as it had it, without echo for one, so its settings are put back by stty(1).
 */
export function handOver(command: Command): Promise<{ exitCode: number | null; signal: string | null }> {
  const ignore = () => {};
  const settings = stty('-g')?.trim();
  process.on('SIGINT', ignore);
  return new Promise<{ exitCode: number | null; signal: string | null }>((resolve) => {
    const child = spawn(command.path, command.argv, { cwd: command.cwd, env: command.env, stdio: 'inherit' });
    child.once('error', () => resolve({ exitCode: null, signal: null }));
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  }).finally(() => {
    process.off('SIGINT', ignore);
    if (settings) stty(settings);
  });
}

/** Null where there is no terminal, or no stty. */
function stty(word: string): string | null {
  const { status, stdout } = spawnSync('stty', [word], {
    stdio: ['inherit', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return status === 0 ? stdout : null;
}
