import type { Cluster } from '../cluster/cluster.ts';

/** Lets everybody who follows the lives of the agents look again, where something around them changed. */
export function heedLives(cluster: Cluster): void {
  for (const heed of cluster.lives) for (const agent of cluster.agents.values()) heed(agent);
}
