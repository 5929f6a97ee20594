import type { Cluster } from '../protocol/cluster.ts';
import type { Health } from '../protocol/health.ts';

/**
 * When (epoch ms, the agent's clock) the collection of a reading of health began that was seen at `seen` (ISO): its own
 * two times tell how long ago that was by the endpoint's clock, whatever ours is.
 */
export function collectedAt(health: Pick<Health, 'at' | 'servedAt'>, seen: string): number {
  return Date.parse(seen) - collectionAge(health);
}

/** How old the collection was when it was served, in ms. */
export function collectionAge({ at, servedAt }: Pick<Health, 'at' | 'servedAt'>): number {
  const age = Date.parse(servedAt ?? '') - Date.parse(at ?? '');
  return age > 0 ? age : 0;
}

/** How far the clock of the endpoint was ahead of ours when it answered, in ms, to a second; null where it did not tell. */
export function clockAhead({ servedAt }: Pick<Health, 'servedAt'>, seen: string): number | null {
  const ahead = Date.parse(servedAt ?? '') - Date.parse(seen);
  return Number.isNaN(ahead) ? null : ahead;
}

/** The same of the reading the cluster has; null where it has none. An agent of an earlier version gives no instant. */
export function readingAt({ health, healthCollected, sources }: Cluster): number | null {
  if (health !== null && healthCollected !== null) return Date.parse(healthCollected);
  const seen = sources.health.lastGood;
  return health === null || seen === null ? null : collectedAt(health, seen);
}
