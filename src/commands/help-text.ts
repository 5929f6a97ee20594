import { wrap } from '../console/cells.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { CommandRow, Flag } from './row.ts';

/** What `--help` of a command shows, in lines of at most `columns` cells. */
export function commandHelp(row: CommandRow, columns: number): string[] {
  const usage = ['gravity-console', row.name, row.operands, '[flags]']
    .filter((word) => word !== '')
    .join(' ');
  return [
    usage,
    '',
    ...wrap(row.describe, columns),
    ...flagLines(row.flags, columns),
    ...exampleLines(row, columns),
    ...(row.more === undefined ? [] : ['', ...row.more(columns)]),
    '',
  ];
}

/** What `gravity-console --help` shows: the console's own flags, every command with a line, the exit codes. */
export function programHelp(version: string, rows: readonly CommandRow[], columns: number): string[] {
  const commands = rows.filter((row) => row.name !== '' && row.hidden !== true);
  const console = rows.find((row) => row.name === '');
  const codes = Object.values(exitCodes).map(({ code, meaning }): Line => [String(code), meaning]);
  return [
    `gravity-console ${version}: the operations console for Gravity clusters`,
    '',
    'gravity-console [flags]          open the console on this machine’s agent',
    'gravity-console COMMAND [flags]  run a command; each takes --help',
    ...(console === undefined ? [] : flagLines(console.flags, columns)),
    ...(console === undefined ? [] : exampleLines(console, columns)),
    '',
    'Commands:',
    ...twoColumns(
      commands.map((row): Line => [row.name, row.describe]),
      columns,
    ),
    '',
    'Exit codes:',
    ...twoColumns(codes, columns),
    '',
  ];
}

/** A flag as it is written, with the name of its value: `-o, --output text|json|yaml`. */
export function flagWords(name: string, flag: Flag): string {
  const short = flag.alias === undefined ? '' : `-${flag.alias}, `;
  const standard = flag.type === 'number' ? 'N' : 'TEXT';
  const value = flag.type === 'boolean' ? '' : ` ${flag.choices?.join('|') ?? flag.placeholder ?? standard}`;
  return `${short}--${name}${value}`;
}

/** What a flag does, with what holds without it and whether it may be repeated. */
export function flagMeaning(flag: Flag): string {
  const standard = flag.default === undefined || flag.default === false ? '' : ` (default ${flag.default})`;
  return `${flag.describe}${standard}${flag.type === 'array' ? '; may be given more than once' : ''}`;
}

type Line = [left: string, right: string];

/** Names on the left, what they mean on the right; a name that is too long has its meaning below. */
export function twoColumns(lines: readonly Line[], columns: number): string[] {
  const widest = Math.max(...lines.map(([left]) => left.length));
  const at = Math.min(widest, Math.floor(columns * 0.4)) + 4;
  return lines.flatMap(([left, right]) => {
    const [first = '', ...rest] = wrap(right, columns - at);
    const below = rest.map((line) => `${' '.repeat(at)}${line}`);
    const name = `  ${left}`;
    return name.length + 2 <= at
      ? [`${name.padEnd(at)}${first}`.trimEnd(), ...below]
      : [name, ...[first, ...rest].map((line) => `${' '.repeat(at)}${line}`)];
  });
}

function flagLines(flags: Record<string, Flag>, columns: number): string[] {
  const lines = Object.entries(flags).map(([name, flag]): Line => [flagWords(name, flag), flagMeaning(flag)]);
  return lines.length === 0 ? [] : ['', 'Flags:', ...twoColumns(lines, columns)];
}

function exampleLines({ examples }: CommandRow, columns: number): string[] {
  if (examples === undefined) return [];
  const fits = examples.every(([line, meaning]) => line.length + meaning.length + 8 <= columns);
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.flatMap(([line, meaning]) =>
    fits
      ? [`  ${line.padEnd(width)}  ${meaning}`]
      : [`  ${line}`, ...wrap(meaning, columns - 6).map((each) => `      ${each}`)],
  );
  return ['', 'Examples:', ...lines];
}
