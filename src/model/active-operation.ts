import type { Cluster } from '../protocol/cluster.ts';
import type { Operation } from '../protocol/operation.ts';
import { operationType } from './operation-type.ts';

/** The operation a command means; `state` in gravity's words, null where no source tells. */
export type MeantOperation = { id: string | null; type: string | null; state: string | null };

/**
 * The operation commands are about: the plan's; without a plan the one active operation, since `plan complete` works
 * on an operation that has no plan (engine-observed 7). Null when there is neither.
 */
export function meantOperation(cluster: Cluster): MeantOperation | null {
  const planned = cluster.plan?.operation;
  if (planned) {
    const known = knownOperations(cluster).find((each) => each.id === planned.id);
    return { id: planned.id, type: planned.type ?? known?.type ?? null, state: known?.state ?? null };
  }
  return statedOperation(cluster);
}

/**
 * The operation `complete` closes: the plan's, unless that one is completed and another, which has no plan to show
 * (a removal, a join seen from elsewhere), is active.
 */
export function operationToComplete(cluster: Cluster): MeantOperation | null {
  const meant = meantOperation(cluster);
  const other = cluster.status?.activeOperations.find((each) => each.id !== meant?.id);
  return meant && other && isClosed(meant) ? { id: other.id, type: other.type, state: other.state } : meant;
}

function statedOperation(cluster: Cluster): MeantOperation | null {
  const active = cluster.status?.activeOperations[0] ?? cluster.status?.operation ?? null;
  return active && { id: active.id, type: active.type, state: active.state };
}

/**
 * Whether gravity would say `no active operation found`. Only completed ends an operation: a failed one can still be
 * executed, rolled back, resumed and completed (engine-observed 7, recordings story/32 and 33). Environment and
 * configuration updates stay open for the command line even when they are completed (engine-observed 9).
 */
export function isClosed(operation: MeantOperation): boolean {
  return operation.state === 'completed' && !operationType(operation.type).staysOpen;
}

/** The freshest word first: status is read every minute, the list of operations every five. */
function knownOperations(cluster: Cluster): Operation[] {
  const { status, operations } = cluster;
  const last = status?.operation ? [status.operation] : [];
  return [...(status?.activeOperations ?? []), ...last, ...(operations ?? [])];
}
