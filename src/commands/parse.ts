import yargs, { type Options, type Argv as Yargs } from 'yargs';
import { cleanLine } from '../protocol/clean.ts';
import { commandHelp } from './help-text.ts';
import { type Argv, CommandError, type CommandRow, type Flag } from './row.ts';

/** What a command line comes to: a command's arguments, or a text to print (help). */
export type Parsed = { kind: 'arguments'; argv: Argv } | { kind: 'help'; text: string };

/**
 * Words after the subcommand's name -> its operands and flags by its row. Nothing is guessed: unknown flags, a flag
 * given twice and a number that is none end in a `CommandError` with exit 2.
 */
export async function parse(row: CommandRow, words: readonly string[], columns: number): Promise<Parsed> {
  if (words.includes('--help') || words.includes('-h')) {
    return {
      kind: 'help',
      text: commandHelp(row, Math.min(columns, 100)).join('\n'),
    };
  }
  const parsed: Record<string, unknown> = unhidden(
    await parserOf(row).parseAsync(words.map(hidden), {}, () => {}),
  );
  const operands = operandsOf(parsed);
  const given = Object.entries(row.flags).filter(([name]) => parsed[name] !== undefined);
  const flags = Object.fromEntries(
    given.map(([name, flag]) => [name, flagValue(row, name, flag, parsed[name])]),
  );
  refuseExtra(row, operands);
  const first = operands.findIndex((word) => /^-[^\d]/.test(word));
  if (first >= 0 && !row.open) throw unknownFlag(row, operands[first] ?? '');
  return {
    kind: 'arguments',
    argv:
      first < 0
        ? { _: operands, flags, rest: [] }
        : { _: operands.slice(0, first), flags, rest: operands.slice(first) },
  };
}

function parserOf(row: CommandRow): Yargs {
  const parser = yargs([])
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
      'unknown-options-as-args': true,
    })
    .version(false)
    .help(false)
    .exitProcess(false)
    .fail((message) => {
      throw new CommandError(2, message.split('\n')[0] ?? 'the command line cannot be read', helpOf(row));
    });
  for (const [name, flag] of Object.entries(row.flags)) parser.option(name, optionOf(flag));
  return parser;
}

function optionOf(flag: Flag): Options {
  const { type, default: value, alias } = flag;
  return {
    ...(type === 'array'
      ? { array: true, string: true }
      : type === 'boolean'
        ? { boolean: true }
        : { string: true, requiresArg: true }),
    ...(value === undefined ? {} : { default: type === 'number' ? String(value) : value }),
    ...(alias === undefined ? {} : { alias }),
  };
}

/** A negative number looks like an option to the parser, and it would eat it. */
function hidden(word: string): string {
  return /^-\d/.test(word) ? `\u0001${word}` : word;
}

function unhidden(parsed: Record<string, unknown>): Record<string, unknown> {
  const shown = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shown)
      : typeof value === 'string'
        ? value.replace(/^\u0001/, '')
        : value;
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, shown(value)]));
}

/** An operand where none is expected is a mistake: a file without `--file`, or a word this command does not know. */
function refuseExtra(row: CommandRow, operands: readonly string[]): void {
  const extra = operands.filter((word) => !/^-[^\d]/.test(word))[operandLimit(row)];
  if (extra === undefined || row.open) return;
  const what = row.name === '' ? 'gravity-console' : `gravity-console ${row.name}`;
  throw new CommandError(2, `${what}: unexpected argument ${JSON.stringify(cleanLine(extra))}`, helpOf(row));
}

/** As its usage line says: no operand, one by its name, or as many as the command itself looks at. */
function operandLimit({ operands }: CommandRow): number {
  if (operands === '') return 0;
  return /^[A-Z]+$/.test(operands) ? 1 : Number.POSITIVE_INFINITY;
}

function operandsOf(parsed: Record<string, unknown>): string[] {
  return Array.isArray(parsed['_']) ? parsed['_'].map(String) : [];
}

function flagValue(row: CommandRow, name: string, flag: Flag, value: unknown): unknown {
  const refuse = (what: string) => new CommandError(2, `--${name} ${what}`, helpOf(row));
  if (Array.isArray(value) && flag.type !== 'array') throw refuse('is given more than once');
  if (value === '' || (Array.isArray(value) && value.includes(''))) throw refuse('needs a value');
  if (flag.choices !== undefined && !flag.choices.includes(String(value))) {
    throw refuse(`cannot be ${JSON.stringify(value)}: it is one of ${flag.choices.join(', ')}`);
  }
  if (flag.type !== 'number') return value;
  const number = Number(value);
  if (!Number.isFinite(number)) throw refuse(`needs a number, not ${JSON.stringify(value)}`);
  return number;
}

function helpOf(row: CommandRow): string {
  return `see ${['gravity-console', row.name, '--help'].filter((word) => word !== '').join(' ')}`;
}

function unknownFlag(row: CommandRow, word: string): CommandError {
  return new CommandError(
    2,
    `${['gravity-console', row.name].join(' ').trim()}: unknown option ${word.replace(/=.*$/s, '')}`,
    helpOf(row),
  );
}
