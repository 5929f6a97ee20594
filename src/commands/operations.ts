import { operationsTwin } from '../model/twin-operations.ts';
import { sourceVerdict } from '../model/twin-verdict.ts';
import type { OperationsTwin } from '../protocol/twins.ts';
import { shortInstant } from './output-instant.ts';
import { table } from './output-table.ts';
import { twinCommand } from './twin-command.ts';
import type { Live, Shown } from './twin-row.ts';

/** `gravity-console operations`: every operation the cluster remembers, as gravity lists them, newest first. */
export const operationsCommand = twinCommand({
  name: 'operations',
  describe: 'the operations of the cluster, past and present',
  live,
  text: operationsText,
});

/** Gravity lists its operations through its API; while that is down, those of the last status are known. */
function live({ cluster, now }: Live): Shown<OperationsTwin> {
  const { operations, status, sources } = cluster;
  if (operations !== null || status === null || sources.operations.state === 'good') {
    return {
      twin: operationsTwin(operations ?? []),
      verdict: sourceVerdict(sources.operations, now),
      remarks: [],
    };
  }
  const inStatus = [...status.activeOperations, ...(status.operation === null ? [] : [status.operation])];
  return {
    twin: operationsTwin(inStatus),
    verdict: sourceVerdict(sources.status, now),
    remarks: ['gravity could not list its operations: these are the ones of gravity status'],
  };
}

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
