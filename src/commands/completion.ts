import { actions } from '../actions/table.ts';
import { screenTable } from '../console/screen-table.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { OPERATIONS } from '../simulator/plan/operations.ts';
import { SCENARIOS } from '../simulator/scenarios.ts';
import { VERBS } from '../simulator/verbs/verbs.ts';
import { completionScript } from './completion-script.ts';
import { doFlags } from './do-args.ts';
import { CommandError, type CommandRow } from './row.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

/** `gravity-console completion SHELL`: a script for the shell, made from the tables of commands, flags and actions. */
export const completionCommand: CommandRow = {
  name: 'completion',
  operands: 'SHELL',
  describe: 'shell completion for bash, zsh or fish: source <(gravity-console completion bash)',
  flags: {},
  run: async (context, { _ }) => {
    const shell = shells.find((each) => each === _[0]);
    if (shell === undefined) {
      const given =
        _.length === 0
          ? 'completion needs a shell'
          : `there is no completion for ${JSON.stringify(cleanLine(_.join(' ')))}`;
      throw new CommandError(exitCodes.usage.code, given, `it is one of ${shells.join(', ')}`);
    }
    // The table loads every command, this one too: it is read only when asked.
    const { commandTable } = await import('./table.ts');
    const rows = await Promise.all(Object.values(commandTable).map((load) => load()));
    const words = rows
      .filter((row) => row.hidden !== true)
      .map((row) => ({
        name: row.name,
        describe: row.describe,
        words: wordsAfter(row),
        values: valuesOf(row),
      }));
    context.streams.out(completionScript(shell, words));
    return exitCodes.fine.code;
  },
};

/** What may follow a command: its flags; after `do` the actions and their arguments too. */
function wordsAfter(row: CommandRow): string[] {
  const flags = Object.keys(row.flags).map((name) => `--${name}`);
  if (row.name === 'completion') return [...shells];
  if (row.name === 'simulate') return ['up', 'script', ...Object.keys(VERBS), ...flags];
  if (row.name !== 'do') return flags;
  const args = actions.flatMap((action) => doFlags(action).map(({ flag }) => `--${flag}`));
  return [...new Set([...actions.map(({ id }) => id), ...flags, ...args])];
}

/** The values of its flags that are known beforehand, by every way the flag is typed. */
function valuesOf(row: CommandRow): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  for (const [name, { choices, alias }] of Object.entries(row.flags)) {
    const values = choices ?? known[name];
    if (values !== undefined) found[`--${name}`] = values;
    if (values !== undefined && alias !== undefined) found[`-${alias}`] = values;
  }
  return found;
}

const known: Record<string, readonly string[]> = {
  screen: screenTable.map(({ id }) => id),
  scenario: Object.keys(SCENARIOS),
  operation: Object.keys(OPERATIONS),
};
