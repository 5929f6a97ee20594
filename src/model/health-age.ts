import type { Cluster } from '../protocol/cluster.ts';
import { ageOf } from './age.ts';
import type { NodeRow } from './node-rows.ts';
import { readingAt } from './reading-at.ts';

/**
 * What the reading of health says about now. `fresh`: it shows the nodes as they are, a minute late at most. `never`: there
 * is none. `unknown`: the last one no longer counts, since its collection began (`since`, epoch ms); `why` it does not:
 * the endpoint does not answer, serves one old collection over and over, has just started, or was not asked in time.
 */
export type HealthKnowledge =
  | { is: 'fresh'; since: number | null }
  | { is: 'never'; since: null }
  | { is: 'unknown'; since: number | null; why: 'failing' | 'stale' | 'just-started' | 'old' };

/** How much the health of the nodes is known at `now` (epoch ms, the agent's clock). */
export function healthKnowledge(cluster: Cluster, now: number): HealthKnowledge {
  const { health, sources } = cluster;
  if (health === null) return { is: 'never', since: null };
  const since = readingAt(cluster);
  const doubt = healthDoubt(cluster);
  if (doubt !== null) return { is: 'unknown', since, why: doubt };
  const isOld = sources.health.lastGood !== null && ageOf(sources.health, now).stale;
  return isOld ? { is: 'unknown', since, why: 'old' } : { is: 'fresh', since };
}

/** Why the last reading of health does not count, whatever the time is; null where it does. */
export function healthDoubt({ sources: { health } }: Cluster): 'failing' | 'stale' | 'just-started' | null {
  if (health.state === 'failing') return 'failing';
  if (health.remarks.includes('just-started')) return 'just-started';
  return health.remarks.includes('stale') ? 'stale' : null;
}

/** Milliseconds that status must be newer than the collection of health before its word on a node counts more. */
const outdatedMs = 90_000;

/**
 * Whether what status says of a node counts more than what health says: it is newer, and health does not answer, serves
 * an old collection, or is older by more than a reading can be.
 */
export function isStatusNewer(cluster: Cluster): boolean {
  const { status, health, sources } = cluster;
  if (status === null || health === null) return health === null;
  const read = Date.parse(sources.status.lastGood ?? '');
  const collected = readingAt(cluster);
  if (collected === null || Number.isNaN(read)) return false;
  return read - collected > (healthDoubt(cluster) === null ? outdatedMs : 0);
}

/** The nodes in a few words, as one source has them: `all 4 healthy`, `master-2 offline, worker-1 degraded`. */
export function nodesInWords(nodes: readonly { name: string; state: string }[]): string {
  const bad = nodes.filter(({ state }) => state !== 'healthy');
  if (bad.length === 0) return nodes.length === 1 ? 'the only node healthy' : `all ${nodes.length} healthy`;
  const named = bad.slice(0, 3).map(({ name, state }) => `${name} ${state}`);
  const rest = bad.length > named.length ? ` and ${bad.length - named.length} more` : '';
  return `${named.join(', ')}${rest}`;
}

/** What status says of the nodes; null where it says nothing of any. */
export function statusInWords({ status }: Cluster): string | null {
  const nodes = status?.nodes ?? [];
  return nodes.length === 0
    ? null
    : nodesInWords(nodes.map(({ hostname: name, state }) => ({ name, state })));
}

/**
 * Whether the state of a node row is known to be so now. What status says is as old as the health agent it asks: without
 * fresh health it can tell that a node is in trouble, not that it is well.
 */
export function isCurrent(row: Pick<NodeRow, 'from' | 'state'>, cluster: Cluster, now: number): boolean {
  if (healthKnowledge(cluster, now).is === 'fresh') return row.from !== null;
  const isBad = row.state === 'degraded' || row.state === 'offline';
  return row.from === 'status' && isBad && !ageOf(cluster.sources.status, now).stale;
}
