import type { Cluster } from '../protocol/cluster.ts';
import type { Health } from '../protocol/health.ts';

/**
 * When (epoch ms, the agent's clock) the collection of a reading of health began that was seen at `seen` (ISO): its own
 * two times tell how long ago that was by the endpoint's clock, whatever ours is.
 */
export function collectedAt({ at, servedAt }: Health, seen: string): number {
  const age = Date.parse(servedAt ?? '') - Date.parse(at ?? '');
  return Date.parse(seen) - (age > 0 ? age : 0);
}

/** The same of the reading the cluster has; null where it has none. An agent of an earlier version gives no instant. */
export function readingAt({ health, healthCollected, sources }: Cluster): number | null {
  if (health !== null && healthCollected !== null) return Date.parse(healthCollected);
  const seen = sources.health.lastGood;
  return health === null || seen === null ? null : collectedAt(health, seen);
}
