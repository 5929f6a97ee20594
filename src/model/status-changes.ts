import type { Event } from '../protocol/event.ts';
import type { Operation } from '../protocol/operation.ts';
import type { Status } from '../protocol/status.ts';
import { same } from './same.ts';

type Known = { status: Status | null; operations: readonly Operation[] | null };

/**
 * What happened between what was known and a new reading of status. The first reading is no change of anything.
 * While etcd is down status names no operation (client-facts 4), so an operation missing from the last reading is
 * looked up among the listed ones before it is called new.
 */
export function statusChanges(before: Known, after: Status, seen: string): Event[] {
  if (before.status === null) return [{ kind: 'status.read', seen, status: after }];
  if (same(before.status, after)) return [];
  return [
    ...clusterChange(before.status, after, seen),
    ...operationChanges([...operationsOf(before.status), ...(before.operations ?? [])], after, seen),
    { kind: 'status.read', seen, status: after },
  ];
}

function clusterChange(before: Status, after: Status, seen: string): Event[] {
  if (before.state === after.state && before.reason === after.reason) return [];
  return [{ kind: 'cluster.changed', seen, from: before.state, to: after.state, reason: after.reason }];
}

function operationChanges(before: readonly Operation[], after: Status, seen: string): Event[] {
  return operationsOf(after).flatMap(({ id, type, state }) => {
    const from = before.find((operation) => operation.id === id)?.state ?? null;
    return from === state
      ? []
      : [{ kind: 'operation.changed' as const, seen, operation: id, type, from, to: state }];
  });
}

function operationsOf(status: Status): Operation[] {
  return status.operation === null ? status.activeOperations : [...status.activeOperations, status.operation];
}
