import { actions } from '../actions/table.ts';
import { doFlags, doUsage } from './do-args.ts';
import { table } from './output-table.ts';

/** Every action with its arguments and what it does, as lines. */
export function doHelp(): string[] {
  const rows = actions.map((row) => [doUsage(row), row.risk, row.help]);
  const flags = actions.flatMap((row) =>
    doFlags(row).map(({ flag, describe }) => [row.id, `--${flag}`, describe]),
  );
  return [
    ...table(['ACTION', 'Risk', 'What it does'], rows),
    '',
    ...table(['Action', 'Argument', 'What it is'], flags),
  ];
}
