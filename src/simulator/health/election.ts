import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { recordElection } from './timeline.ts';

/** Another master leads where the leader is gone or may no longer, if the cluster's store answers. */
export function holdElection(cluster: Cluster, wished: readonly string[] = []): void {
  if (!cluster.world.etcdAnswers()) return;
  const able = [...cluster.nodes.values()].filter(canLead).map(({ server }) => server.advertise_ip);
  if (able.includes(cluster.leader)) return;
  const next = able.find((ip) => wished.includes(ip)) ?? able[0];
  if (next !== undefined) recordElection(cluster, next);
}

function canLead({ role, up, mayLead, planet }: ClusterNode): boolean {
  return role === 'master' && up && mayLead && planet !== 'down';
}
