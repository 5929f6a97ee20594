import { operationsTwin } from '../model/twin-operations.ts';
import { sourceVerdict } from '../model/twin-verdict.ts';
import type { OperationsTwin } from '../protocol/twins.ts';
import { shortInstant } from './output-instant.ts';
import { table } from './output-table.ts';
import { twinCommand } from './twin-command.ts';

/** `gravity-console operations`: every operation the cluster remembers, as gravity lists them, newest first. */
export const operationsCommand = twinCommand({
  name: 'operations',
  describe: 'the operations of the cluster, past and present',
  live: ({ cluster, now }) => ({
    twin: operationsTwin(cluster.operations ?? []),
    verdict: sourceVerdict(cluster.sources.operations, now),
    remarks: [],
  }),
  text: operationsText,
});

function operationsText({ operations }: OperationsTwin): string[] {
  if (operations.length === 0) return ['no operations known'];
  const rows = operations.map((each) => [
    shortInstant(each.created),
    each.type,
    each.state,
    each.id,
    each.description,
  ]);
  return table(['Created', 'Type', 'State', 'Id', 'Description'], rows);
}
