import type { Cluster } from '../protocol/cluster.ts';
import { hostName } from './host-name.ts';

/** The host name behind a name in the timeline, which is serf's, or the host name already where the agent wrote it. */
export function eventNode(cluster: Cluster, name: string | null): string | null {
  if (name === null) return null;
  const listed = cluster.health?.nodes.find((node) => node.name === name);
  return hostName(cluster, listed ?? { name, ip: null });
}
