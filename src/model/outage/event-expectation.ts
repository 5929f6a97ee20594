import type { Cluster } from '../../protocol/cluster.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import type { Phase } from '../../protocol/phase.ts';
import { eventNode } from '../event-node.ts';
import { phaseKind } from '../phase-kinds.ts';
import { wasWrong } from './expected-outage.ts';
import { outageLimit } from './outage-limit.ts';
import { type OutageCause, stoppedBehind } from './outage-verdict.ts';

/**
 * Whether what a failure of the past tells was bound to happen: on this node, of these checkers, while this leaf was in
 * progress, within its limit; or while etcd was stopped by the plan. Null where there is nothing to say: the event is no
 * failure of a node, or nobody was watching the plan when it happened, so that a leaf may have been in progress unseen.
 */
export function eventExpectation(cluster: Cluster, event: HistoryEvent): OutageCause | null {
  const failure = failureOf(cluster, event);
  if (failure === null) return null;
  const windows = windowsOf(cluster, failure);
  const expecting = windows.find((window) => window.since !== null && window.covers);
  if (expecting) return { phase: expecting.phase };
  const stopped = stopping(cluster, failure);
  if (stopped !== null) return stopped;
  const untold = windows.some((window) => window.since === null && window.covers);
  return untold || !isWatched(cluster, failure.at) ? null : { phase: null };
}

function stopping(cluster: Cluster, { node, at, checkers }: Failure): OutageCause | null {
  const behind = stoppedBehind(cluster, at);
  const [first] = checkers;
  return first !== undefined && checkers.every((checker) => behind({ node, checker }) !== null)
    ? behind({ node, checker: first })
    : null;
}

/** `checkers` empty: the node did not answer at all. */
type Failure = { node: string; at: number; checkers: readonly string[] };

/** A node is degraded by the probes that failed with it: each of them must be expected for it to be. */
function failureOf(cluster: Cluster, event: HistoryEvent): Failure | null {
  const node = eventNode(cluster, event.node);
  const at = Date.parse(event.at);
  if (node === null) return null;
  if (event.kind === 'node.silent' || event.kind === 'node.vanished') return { node, at, checkers: [] };
  if (event.kind === 'probe.failed')
    return event.checker === null ? null : { node, at, checkers: [event.checker] };
  if (event.kind !== 'node.degraded') return null;
  const checkers = failingAt(cluster, node, at);
  return checkers.length === 0 ? null : { node, at, checkers };
}

/** The timeline writes a node and its probes within the same collection, in either order. */
const together = 2000;

function failingAt(cluster: Cluster, node: string, at: number): string[] {
  const failing = new Set<string>();
  for (const { at: when, kind, node: name, checker } of cluster.history) {
    if (Date.parse(when) > at + together) break;
    if (checker === null || eventNode(cluster, name) !== node) continue;
    if (kind === 'probe.failed') failing.add(checker);
    else if (kind === 'probe.succeeded') failing.delete(checker);
  }
  return [...failing];
}

/** `since` null: the leaf was over at the next look, so nobody saw when it began. */
type Window = { phase: string; since: number | null; covers: boolean };

function windowsOf(cluster: Cluster, failure: Failure): Window[] {
  const phases = cluster.plan?.phases.filter(({ leaf }) => leaf) ?? [];
  return phases.flatMap((leaf) => windowOf(cluster, leaf, failure) ?? []);
}

function windowOf(cluster: Cluster, leaf: Phase, { node, at, checkers }: Failure): Window | null {
  const { dark, p90 } = phaseKind(leaf.kind);
  if (dark === null || (leaf.runsOn ?? leaf.node) !== node) return null;
  const passage = cluster.passages[leaf.id];
  const isNow = leaf.state === 'in_progress';
  const began = instant(passage?.began ?? (isNow ? leaf.updated : null));
  const ended = isNow ? null : instant(passage?.ended ?? leaf.updated);
  if (began === null && ended === null) return null;
  const limit = outageLimit(p90);
  const since = began ?? (ended ?? at) - limit;
  if (at < since || at > Math.min(since + limit, ended ?? at)) return null;
  const covers =
    checkers.length === 0
      ? dark.silent && !wasWrong(cluster, { node, since, checker: null })
      : checkers.every(
          (checker) => dark.checkers.includes(checker) && !wasWrong(cluster, { node, since, checker }),
        );
  return { phase: leaf.id, since: began, covers };
}

/** From the first change of a leaf that the agent saw; what it saw of a node itself, it saw watching. */
function isWatched(cluster: Cluster, at: number): boolean {
  return Object.values(cluster.passages).some(({ changed, began }) => Date.parse(began ?? changed) <= at);
}

function instant(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}
