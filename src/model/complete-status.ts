import type { Status } from '../protocol/status.ts';

/**
 * Status is put together from parts, and a part gravity could not collect is missing altogether (data.md 3.1): with
 * etcd down there is no cluster in it. What was last known of the cluster and its operations then stays.
 */
export function completeStatus(before: Status | null, read: Status): Status {
  if (before === null || !isPartial(read)) return read;
  const { cluster, state, reason, image, operation, activeOperations } = before;
  return { ...read, cluster, state, reason, image, operation, activeOperations };
}

/** Whether gravity could not tell the cluster's own part. */
export function isPartial(status: Status): boolean {
  return status.cluster === null && status.state === null;
}
