import { actions } from '../actions/table.ts';
import { wrap } from '../console/cells.ts';
import { doFlags, doUsage } from './do-args.ts';
import { twoColumns } from './help-text.ts';

/** Every action with its arguments and what it does, in lines of at most `columns` cells. */
export function doHelp(columns: number): string[] {
  return [
    'Actions, with their risk:',
    ...actions.flatMap((row) => [
      '',
      ...wrap(`${doUsage(row)}  (${row.risk})`, columns - 2).map((line) => `  ${line}`),
      ...wrap(row.help, columns - 6).map((line) => `      ${line}`),
      ...doFlags(row).flatMap(({ flag, describe }) =>
        twoColumns([[`--${flag}`, describe]], columns - 4).map((line) => `    ${line}`),
      ),
    ]),
  ];
}
