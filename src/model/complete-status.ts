import type { Status, StatusNode } from '../protocol/status.ts';

/**
 * Status is put together from parts, and what gravity could not collect is missing. With etcd down it knows no cluster, no
 * image and no operation, calls the cluster degraded and names no node (data.md 3.1, nodes-facts 7.6). What was last known
 * then stays, and of each node its newer state. `blind`: it was asked on a node whose planet is down, which sees no other
 * node and calls them all offline; what was last known of them stays too.
 */
export function completeStatus(before: Status | null, read: Status, { blind }: { blind: boolean }): Status {
  const nodes = read.nodes?.map((node) => knownNode(before, node, blind)) ?? null;
  if (before === null || !isPartial(read)) return { ...read, nodes };
  return {
    ...before,
    systemStatus: read.systemStatus,
    localChecks: read.localChecks,
    nodes: nodes ?? before.nodes,
  };
}

/** Whether gravity could not tell the cluster's own part. */
export function isPartial(status: Status): boolean {
  return status.cluster === null;
}

function knownNode(before: Status | null, node: StatusNode, blind: boolean): StatusNode {
  const known = before?.nodes?.find(({ ip }) => ip === node.ip) ?? null;
  // A node that status cannot name is read under its address.
  const { hostname, role, profile } = node.hostname === node.ip && known !== null ? known : node;
  const isUnseen = blind && node.state === 'offline';
  return { ...node, hostname, role, profile, ...(isUnseen && { state: known?.state ?? 'unknown' }) };
}
