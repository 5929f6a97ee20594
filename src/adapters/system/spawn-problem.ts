import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { Command, Finished } from '../../ports.ts';

export type SpawnProblem = { outcome: Finished['outcome']; detail: string };

/**
 * What is wrong with a program before it is started, or null. execvp(3) hands a file of unknown format to /bin/sh;
 * a truncated or foreign download must be told as not executable and not be read as a script.
 */
export function unknownFormat(command: Command): SpawnProblem | null {
  if (!command.path.includes('/')) return null;
  const start = firstBytes(command.path);
  if (start === null || start.startsWith('#!') || start.startsWith('\x7fELF')) return null;
  return { outcome: 'not-executable', detail: `${command.path} is neither a program nor a script with #!` };
}

/** The kind of a failed start. ENOENT of a file that is there means its interpreter, or the working directory, is not. */
export function spawnProblem(command: Command, error: unknown): SpawnProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = error instanceof Error ? error.message : String(error);
  if (command.cwd !== undefined && !existsSync(command.cwd))
    return { outcome: 'failed', detail: `the working directory ${command.cwd} does not exist` };
  if (code === 'ENOENT' && !existsSync(command.path)) return { outcome: 'missing', detail: words };
  if (code === 'ENOENT')
    return { outcome: 'not-executable', detail: `${command.path}: its interpreter is missing` };
  if (code === 'ENOTDIR') return { outcome: 'missing', detail: words };
  if (code === 'EACCES' || code === 'ENOEXEC' || code === 'EPERM')
    return { outcome: 'not-executable', detail: words };
  return { outcome: 'failed', detail: words };
}

/** Null where it cannot be read: then the start itself tells. */
function firstBytes(path: string): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(4);
      return bytes.subarray(0, readSync(file, bytes, 0, 4, 0)).toString('latin1');
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
