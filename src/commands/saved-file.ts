import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Problem, Reading } from '../protocol/problem.ts';
import type { Context } from './context.ts';
import { CommandError, type Flag } from './row.ts';
import { notText } from './saved-archive.ts';
import { type SavedBlock, savedBlocks } from './saved-blocks.ts';
import type { SavedKind } from './saved-kind.ts';
import { remarkSentences } from './saved-remarks.ts';
import { savedText } from './saved-text.ts';

export const fileFlag: Flag = {
  type: 'string',
  describe: 'show a saved output instead of asking an agent; - is standard input',
  placeholder: 'FILE',
};

/** What a command reads: its kinds, and how it says what it wants. */
export type Wanted = { kinds: readonly SavedKind['kind'][]; what: string };

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

/**
 * A saved output read: its text is found among what stands around it (`savedBlocks`), the last one where there are
 * several. A wrong kind is refused by its name, a cut off one with what to do about it. `remarks` are sentences.
 */
export async function readSaved<T>(
  path: string,
  bytes: Uint8Array,
  wanted: Wanted,
  reader: (bytes: Uint8Array, kind: SavedKind['kind'] | null) => Promise<Reading<T>> | Reading<T>,
): Promise<{ value: T; remarks: string[] }> {
  const other = notText(bytes, shown(path));
  if (other !== null) return refuse(path, other.what, other.next);
  const text = savedText(bytes);
  const blocks = savedBlocks(text);
  const mine = blocks.filter(({ kind }) => wanted.kinds.includes(kind.kind));
  const last = mine.at(-1);
  const stranger = blocks.at(-1);
  if (last === undefined && stranger !== undefined) return refuseKind(path, stranger, wanted);
  const reading = await reader(new TextEncoder().encode(last?.text ?? text), last?.kind.kind ?? null);
  if (!reading.ok) return refuse(path, `: ${reading.problem.sentence}`, nextStep(reading.problem, wanted));
  return {
    value: reading.value,
    remarks: [...remarkSentences(reading.remarks), ...severalOutputs(mine, wanted)],
  };
}

function refuseKind(path: string, { kind }: SavedBlock, { what }: Wanted): never {
  const next =
    kind.command === null ? `give ${what}` : `use gravity-console ${kind.command} --file ${shown(path)}`;
  return refuse(path, `is ${kind.called}, not ${what}`, next);
}

/** Where the form is lost or the text is cut there is advice of its own; else the file is another one than was meant. */
function nextStep({ code, nextStep: own }: Problem, { what }: Wanted): string {
  if (code === 'answer.truncated') return 'save it again, whole';
  return code.startsWith('saved.') ? own : `give ${what}`;
}

function severalOutputs(mine: readonly SavedBlock[], { kinds }: Wanted): string[] {
  if (mine.length < 2) return [];
  const which = kinds.length > 1 ? 'outputs with nodes' : 'outputs of this kind';
  const earlier = mine.length === 2 ? 'the first one is' : 'the earlier ones are';
  return [`the file holds ${mine.length} ${which}: the last one is shown, ${earlier} left out`];
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
