import { flagMeaning, flagWords } from '../../src/commands/help-text.ts';
import type { CommandRow, Flag } from '../../src/commands/row.ts';
import { commandTable } from '../../src/commands/table.ts';
import { exitCodes } from '../../src/protocol/exit-codes.ts';
import { SCENARIOS } from '../../src/simulator/scenarios.ts';
import { VERBS } from '../../src/simulator/verbs/verbs.ts';
import { code, markdownTable } from './markdown.ts';

/** docs/commands.md: every subcommand with its flags, and the exit codes, from their tables. */
export async function commandsDocument(): Promise<string> {
  const rows = await Promise.all(Object.values(commandTable).map((load) => load()));
  const codes = Object.values(exitCodes).map((row) => [String(row.code), row.meaning]);
  return `# Commands

Generated from the table of commands. Sentences go to standard error, at most 500 characters, with the next step.

## Exit codes

${markdownTable(['code', 'meaning'], codes)}
${rows.map(part).join('\n')}
## Verbs of \`simulate\`

They change a simulated cluster while it runs; without \`--dir\` the only one of this user.

${markdownTable(['verb', 'what'], Object.entries(VERBS).map(verbLine))}
## Scenarios

What happens by itself in \`demo\` and \`simulate up\`, chosen with \`--scenario NAME\`.

${markdownTable(
  ['name', 'what'],
  Object.entries(SCENARIOS).map(([name, { describe }]) => [code(name), describe]),
)}`;
}

function verbLine([name, { operands, describe }]: [string, (typeof VERBS)[string]]): string[] {
  return [code(`${name} ${operands}`.trim()), describe];
}

function part(row: CommandRow): string {
  const usage = ['gravity-console', row.name, row.operands].filter((word) => word !== '').join(' ');
  const flags = Object.entries(row.flags);
  const table = flags.length === 0 ? '' : `\n${markdownTable(['flag', 'what'], flags.map(flagLine))}`;
  return `## \`${usage}\`\n\n${row.describe}${row.hidden ? ' (hidden: the program calls it itself)' : ''}\n${table}`;
}

function flagLine([name, flag]: [string, Flag]): string[] {
  return [code(flagWords(name, flag)), flagMeaning(flag)];
}
