import type { Cluster } from '../protocol/cluster.ts';

/**
 * The host name behind a node's name in the timeline, which is serf's (`192_168_1_12.cluster`): by the address the
 * health endpoint gives for it, else as it came.
 */
export function nodeName(cluster: Cluster, name: string | null): string | null {
  if (name === null) return null;
  const ip = cluster.health?.nodes.find((node) => node.name === name)?.ip ?? addressIn(name);
  const server = cluster.plan?.servers.find(
    (one) => one.ip === ip || one.hostname === name || one.nodename === name,
  );
  const told = cluster.status?.nodes?.find((one) => one.ip === ip);
  return server?.hostname ?? told?.hostname ?? name;
}

/** Serf's names are the address with underscores, then the cluster's name (satellite.md 2). */
function addressIn(name: string): string | null {
  return /^\d+_\d+_\d+_\d+/.exec(name)?.[0].replaceAll('_', '.') ?? null;
}
