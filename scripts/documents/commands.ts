import type { CommandRow, Flag } from '../../src/commands/row.ts';
import { commandTable } from '../../src/commands/table.ts';
import { exitCodes } from '../../src/protocol/exit-codes.ts';
import { code, markdownTable } from './markdown.ts';

/** docs/commands.md: every subcommand with its flags, and the exit codes, from their tables. */
export async function commandsDocument(): Promise<string> {
  const rows = await Promise.all(Object.values(commandTable).map((load) => load()));
  const codes = Object.values(exitCodes).map((row) => [String(row.code), row.meaning]);
  return `# Commands

Generated from the table of commands. Sentences go to standard error, at most 500 characters, with the next step.

## Exit codes

${markdownTable(['code', 'meaning'], codes)}
${rows.map(part).join('\n')}`;
}

function part(row: CommandRow): string {
  const usage = ['gravity-console', row.name, row.operands].filter((word) => word !== '').join(' ');
  const flags = Object.entries(row.flags);
  const table = flags.length === 0 ? '' : `\n${markdownTable(['flag', 'what'], flags.map(flagLine))}`;
  return `## \`${usage}\`\n\n${row.describe}${row.hidden ? ' (hidden: the program calls it itself)' : ''}\n${table}`;
}

function flagLine([name, flag]: [string, Flag]): string[] {
  const short = flag.alias === undefined ? '' : `-${flag.alias}, `;
  const value =
    flag.type === 'boolean'
      ? ''
      : ` ${flag.choices?.join('|') ?? flag.placeholder ?? (flag.type === 'number' ? 'N' : 'TEXT')}`;
  const standard = flag.default === undefined || flag.default === false ? '' : ` (default ${flag.default})`;
  return [
    code(`${short}--${name}${value}`),
    `${flag.describe}${standard}${flag.type === 'array' ? '; may be given more than once' : ''}`,
  ];
}
