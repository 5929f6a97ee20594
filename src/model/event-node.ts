import type { Cluster } from '../protocol/cluster.ts';
import { hostName } from './host-name.ts';

/**
 * The host name behind a name in the timeline: nodes go there by serf's names or, where the agent wrote it, the host
 * name; leaders by their Kubernetes names, which are addresses more often than not.
 */
export function eventNode(cluster: Cluster, name: string | null): string | null {
  if (name === null) return null;
  const server = cluster.plan?.servers.find((one) => one.nodename === name || one.ip === name);
  if (server) return server.hostname;
  const told = cluster.status?.nodes?.find((one) => one.ip === name);
  if (told) return told.hostname;
  const listed = cluster.health?.nodes.find((node) => node.name === name);
  return hostName(cluster, listed ?? { name, ip: null });
}
