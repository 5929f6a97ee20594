import type { Cluster } from '../../protocol/cluster.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { phaseKind } from '../phase-kinds.ts';
import { etcdStarted, etcdStopped } from './etcd-stopped.ts';
import { eventExpectation } from './event-expectation.ts';
import { outageLimit } from './outage-limit.ts';

/** A failure that is over is still shown for up to a minute (satellite.md 4). */
const shownLate = 60_000;

/**
 * Until when (epoch ms) the trouble an event tells of was bound to last: as long as its leaf was in progress, within its
 * limit; after one that failed not a moment longer; of a stopped etcd, until the plan has started it again. Null where it was not to be expected, or that cannot be told.
 */
export function expectedUntil(cluster: Cluster, event: HistoryEvent): number | null {
  const expectation = eventExpectation(cluster, event);
  if (expectation?.stopped) return startedUntil(cluster);
  const id = expectation?.phase ?? null;
  const leaf = cluster.plan?.phases.find((phase) => phase.id === id);
  if (id === null || leaf === undefined) return null;
  const { began = null, ended = null } = cluster.passages[id] ?? {};
  const since = Date.parse(began ?? leaf.updated ?? event.at);
  const limit = since + outageLimit(phaseKind(leaf.kind).p90);
  if (leaf.state === 'in_progress') return limit;
  const end = Date.parse(ended ?? leaf.updated ?? event.at);
  return Math.min(limit, leaf.state === 'completed' ? end + shownLate : end);
}

/** What the plan stopped stays dark until it has started all of it again. */
function startedUntil(cluster: Cluster): number {
  const started = etcdStarted(cluster);
  const isStopped = etcdStopped(cluster, Number.POSITIVE_INFINITY) !== null;
  return isStopped || started === null ? Number.POSITIVE_INFINITY : started + shownLate;
}
