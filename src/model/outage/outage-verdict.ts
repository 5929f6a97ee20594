import type { Cluster } from '../../protocol/cluster.ts';
import { phaseKind } from '../phase-kinds.ts';
import { readingAt } from '../reading-at.ts';
import { etcdStopped, standsOnEtcd } from './etcd-stopped.ts';
import { expectedOutages, failsSince, outageBehind, wasWrong } from './expected-outage.ts';

/**
 * The leaf whose doing a failure is, or null: it is nobody's. `stopped`: that leaf is over, and a later one of the plan
 * starts again what it stopped; that is no expected outage, which lasts as long as its leaf, but no alarm either.
 */
export type OutageCause = { phase: string | null; stopped?: true };

/** A failed probe, or with `checker` null a node that does not answer. */
export type Failure = { node: string; checker: string | null };

/**
 * Tells of failures that the last reading of health shows whose doing they are at `now` (epoch ms). A reading shows how
 * things were when its collection began: a leaf that ended since was in progress then.
 */
export function behindOf(cluster: Cluster, now: number): (failure: Failure) => OutageCause {
  const outages = expectedOutages(cluster, now);
  const stopped = stoppedBehind(cluster, Math.min(now, readingAt(cluster) ?? now));
  return (failure) => {
    const outage = outageBehind(outages, failure);
    return outage === null ? (stopped(failure) ?? { phase: null }) : { phase: outage.phase };
  };
}

/** The leaf that stopped etcd, of a failure at `at` (epoch ms) that comes of it; null where none does. */
export function stoppedBehind(cluster: Cluster, at: number): (failure: Failure) => OutageCause | null {
  let known: { stopped: ReturnType<typeof etcdStopped> } | null = null;
  return ({ node, checker }) => {
    if (checker === null || !standsOnEtcd.has(checker)) return null;
    known ??= { stopped: etcdStopped(cluster, at) };
    const { stopped } = known;
    if (stopped === null) return null;
    if (!(stopped.nodes?.has(node) ?? true)) return null;
    const { phase, since } = stopped.behind(node);
    const wrong = wasWrong(cluster, { node, since, checker }) && !beganExpected(cluster, { node, checker });
    return wrong ? null : { phase, stopped: true };
  };
}

/**
 * Whether what fails now began to while a leaf was bound to darken it: the endpoint shows that up to a minute longer, by
 * when the plan may have gone on to etcd.
 */
function beganExpected(cluster: Cluster, { node, checker }: Failure): boolean {
  const since = failsSince(cluster, { node, checker });
  return (cluster.plan?.phases ?? []).some((leaf) => {
    const { began = null, ended = null } = cluster.passages[leaf.id] ?? {};
    const { dark } = phaseKind(leaf.kind);
    if (dark === null || leaf.state !== 'completed' || (leaf.runsOn ?? leaf.node) !== node) return false;
    if (checker === null || !dark.checkers.includes(checker) || began === null || ended === null)
      return false;
    return Date.parse(began) <= since && since <= Date.parse(ended);
  });
}
