import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';
import { nearestWord } from './nearest-word.ts';
import { CommandError, type CommandRow } from './row.ts';
import { commandTable } from './table.ts';

/**
 * Words of the command line -> exit code. Every way a command can fail ends here in one sentence on standard error,
 * with the next step where there is one; a stack trace never reaches the operator.
 */
export async function dispatch(context: Context, words: readonly string[]): Promise<number> {
  try {
    return await run(context, words);
  } catch (error) {
    return explain(context, error);
  }
}

async function run(context: Context, words: readonly string[]): Promise<number> {
  const [first] = words;
  if (first === '--version') return print(context, `${context.version}\n`);
  if (first === '--help' || first === '-h' || first === 'help')
    return print(context, await overview(context));
  const name = first !== undefined && !first.startsWith('-') ? first : '';
  const row = await commandRow(name);
  const rest = name === '' ? words : words.slice(1);
  // The bare console is what people wait for: no parser is loaded when there is nothing to parse.
  if (rest.length === 0 && row.operands === '')
    return row.run(context, { _: [], flags: defaults(row), rest: [] });
  const { parse } = await import('./parse.ts');
  const parsed = await parse(row, rest, context.streams.columns);
  if (parsed.kind === 'help') return print(context, parsed.text);
  if (parsed.argv.flags['via'] === undefined) return row.run(context, parsed.argv);
  const { runVia } = await import('./via/via.ts');
  return runVia(context, row, parsed.argv);
}

async function commandRow(name: string): Promise<CommandRow> {
  const load = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined;
  if (load !== undefined) return load();
  const near = nearestWord(name, Object.keys(commandTable));
  throw new CommandError(
    exitCodes.usage.code,
    `gravity-console has no command ${JSON.stringify(name)}`,
    near ? `did you mean: gravity-console ${near}` : 'see gravity-console --help',
  );
}

function defaults(row: CommandRow): Record<string, unknown> {
  const set = Object.entries(row.flags).filter(([, flag]) => flag.default !== undefined);
  return Object.fromEntries(set.map(([name, flag]) => [name, flag.default]));
}

async function overview({ version, streams }: Context): Promise<string> {
  const rows = await Promise.all(Object.values(commandTable).map((load) => load()));
  const { programHelp } = await import('./help-text.ts');
  return programHelp(version, rows, Math.min(streams.columns, 100)).join('\n');
}

function print(context: Context, text: string): number {
  context.streams.out(text);
  return exitCodes.fine.code;
}

function explain(context: Context, error: unknown): number {
  const known = error instanceof CommandError;
  const sentence = known
    ? error.message
    : `gravity-console failed: ${error instanceof Error ? error.message : String(error)}`;
  const next = known ? error.nextStep : 'this is our bug: please report it with what you did';
  const text = next === null ? sentence : `${sentence}. Next: ${next}`;
  context.streams.err(`${text.length > 500 ? `${text.slice(0, 499)}…` : text}\n`);
  return known ? error.exitCode : exitCodes.bug.code;
}
