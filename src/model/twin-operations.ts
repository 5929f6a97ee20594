import type { Operation } from '../protocol/operation.ts';
import type { OperationsTwin } from '../protocol/twins.ts';

/** Operations as `operations -o json` says them, in the order given. */
export function operationsTwin(operations: readonly Operation[]): OperationsTwin {
  return { schema: 1, operations: operations.map(operationTwin) };
}

/** One operation; `progress` is gravity's message, not its percentage, which is 100 even when it failed (data.md 3.1). */
export function operationTwin(operation: Operation): OperationsTwin['operations'][number] {
  const { id, type, state, description, created, progress } = operation;
  return { id, type, state, description, created, progress };
}
