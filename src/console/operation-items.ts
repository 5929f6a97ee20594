import { operationName } from '../model/operation-name.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Operation } from '../protocol/operation.ts';
import { passes, stateWords } from './filter.ts';
import { epoch } from './format/instant.ts';

/** The operations that pass the filter, newest first. */
export function operationItems(cluster: Cluster, filter: string): Operation[] {
  return operationsOf(cluster).filter(({ id, type, state, description }) =>
    passes(filter, { names: [id, type, operationName(type), ...stateWords(state)], texts: [description] }),
  );
}

/**
 * Every operation any source names, newest first. Of one that several name the freshest word counts: status is read
 * every minute, the list of operations every five, and the list alone goes back to the installation.
 */
function operationsOf({ status, operations }: Cluster): Operation[] {
  const last = status?.operation ? [status.operation] : [];
  const byId = new Map<string, Operation>();
  for (const one of [...(status?.activeOperations ?? []), ...last, ...(operations ?? [])])
    if (!byId.has(one.id)) byId.set(one.id, one);
  return [...byId.values()].sort((one, other) => (epoch(other.created) ?? 0) - (epoch(one.created) ?? 0));
}
