import type { Cluster } from '../../protocol/cluster.ts';
import { hostName } from '../host-name.ts';

/** Whether the last reading of health itself shows something wrong with a node, or no longer lists it. */
export function healthTells(cluster: Cluster, node: string): boolean {
  const nodes = cluster.health?.nodes ?? [];
  if (nodes.length === 0) return false;
  const listed = nodes.find((each) => hostName(cluster, each) === node);
  return listed === undefined || listed.state === 'offline' || listed.state === 'degraded';
}
