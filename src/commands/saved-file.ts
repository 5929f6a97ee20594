import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Reading, Remark } from '../protocol/problem.ts';
import type { Context } from './context.ts';
import { CommandError, type Flag } from './row.ts';
import { savedKind } from './saved-kind.ts';

export const fileFlag: Flag = {
  type: 'string',
  describe: 'show a saved output instead of asking an agent; - is standard input',
  placeholder: 'FILE',
};

/** What a command reads: its kinds (see `savedKind`), and how it says what it wants. */
export type Wanted = { kinds: readonly string[]; what: string };

const largest = 64 * 1024 * 1024;

/** The bytes of `--file`; whatever is wrong with the file ends in a `CommandError` with exit 2. */
export async function savedBytes(context: Context, path: string): Promise<Uint8Array> {
  if (path === '-') return standardInput(context);
  const absolute = path.startsWith('/') ? path : `${context.places.cwd}/${path}`;
  const stat = await context.files.stat(absolute).catch((error: unknown) => refuse(path, reason(error)));
  if (stat === null) throw missing(path);
  if (stat.kind === 'directory') return refuse(path, 'is a directory', 'name a file in it');
  if (stat.size > largest)
    return refuse(path, `has ${stat.size} bytes, more than the ${largest} that are read`);
  const bytes = await context.files.read(absolute).catch((error: unknown) => refuse(path, reason(error)));
  if (bytes === null) throw missing(path);
  return bytes;
}

/** A saved output read: a wrong kind is refused by its name, a cut off one with what to do about it. */
export async function readSaved<T>(
  path: string,
  bytes: Uint8Array,
  wanted: Wanted,
  reader: (bytes: Uint8Array) => Promise<Reading<T>> | Reading<T>,
): Promise<{ value: T; remarks: Remark[] }> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) refuse(path, 'is compressed', 'unpack it first: gunzip');
  const kind = savedKind(bytes);
  if (kind !== null && !wanted.kinds.includes(kind.kind)) {
    const next =
      kind.command === null
        ? `give ${wanted.what}`
        : `use gravity-console ${kind.command} --file ${shown(path)}`;
    refuse(path, `is ${kind.called}, not ${wanted.what}`, next);
  }
  const reading = await reader(bytes);
  if (!reading.ok) {
    const cut = reading.problem.code === 'answer.truncated';
    return refuse(
      path,
      `: ${reading.problem.sentence}`,
      cut ? 'save it again, whole' : `give ${wanted.what}`,
    );
  }
  return { value: reading.value, remarks: reading.remarks };
}

async function standardInput(context: Context): Promise<Uint8Array> {
  if (context.streams.inIsTty) {
    throw new CommandError(
      exitCodes.usage.code,
      'standard input is a terminal',
      'pipe the saved output in, or name a file',
    );
  }
  return context.streams.stdin();
}

function missing(path: string): CommandError {
  return new CommandError(
    exitCodes.usage.code,
    `there is no file ${shown(path)}`,
    'name the file that holds the saved output',
  );
}

function refuse(path: string, what: string, next: string | null = null): never {
  const name = path === '-' ? 'standard input' : shown(path);
  throw new CommandError(exitCodes.usage.code, `${name}${what.startsWith(':') ? '' : ' '}${what}`, next);
}

function shown(path: string): string {
  return cleanLine(path);
}

function reason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: no permission';
  return `cannot be read: ${error instanceof Error ? cleanLine(error.message) : code}`;
}
