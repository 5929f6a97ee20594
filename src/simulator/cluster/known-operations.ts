import type { OperationRecord } from '../world.ts';
import type { Cluster } from './cluster.ts';

/** The cluster's operations, newest first: before its installation there was none. */
export function knownOperations({ world, installed, situation }: Cluster): OperationRecord[] {
  if (situation.idle) return [installed];
  return world.operation.type === 'operation_install' ? [world.operation] : [world.operation, installed];
}
