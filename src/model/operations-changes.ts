import type { Event } from '../protocol/event.ts';
import type { Operation } from '../protocol/operation.ts';
import { same } from './same.ts';

/** The list of operations when it differs from the known one; gravity lists the newest first. */
export function operationsChanges(
  before: readonly Operation[] | null,
  read: readonly Operation[],
  seen: string,
): Event[] {
  if (before !== null && same(before, read)) return [];
  return [{ kind: 'operations.read', seen, operations: [...read] }];
}
