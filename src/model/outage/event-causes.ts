import type { Cluster } from '../../protocol/cluster.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { eventNode } from '../event-node.ts';
import type { Failure, OutageCause } from './cause.ts';
import { causeOf, type Timeline } from './causes.ts';
import { eventFailures } from './event-failure.ts';

/** The failures that an event records, and what causes it: only as expected as the least expected of them. */
export type EventCause = { failures: readonly Required<Failure>[]; cause: OutageCause | null };

/**
 * Null where there is nothing to say: the event is no failure of a node, nobody was watching the plan when it happened,
 * so that a leaf may have been in progress unseen, or no line tells why a node was degraded.
 */
export function eventCauses(timeline: () => Timeline): (event: HistoryEvent) => EventCause {
  const answered = new Map<HistoryEvent, EventCause>();
  return (event) => {
    const before = answered.get(event);
    if (before !== undefined) return before;
    const answer = answerOf(timeline(), event);
    answered.set(event, answer);
    return answer;
  };
}

function answerOf(timeline: Timeline, event: HistoryEvent): EventCause {
  const { cluster, times } = timeline;
  const node = eventNode(cluster, event.node);
  const failures = node === null ? [] : eventFailures(event, { node, events: times.eventsOf(node) });
  const at = Date.parse(event.at);
  const causes = failures.map((failure) => causeOf(timeline, failure, at));
  const unexpected = causes.find(({ phase }) => phase === null);
  if (unexpected === undefined)
    return { failures, cause: causes.find(({ stopped }) => stopped) ?? causes[0] ?? null };
  const isUntold = event.kind === 'node.degraded' && failures.some(({ checker }) => checker === null);
  return { failures, cause: isUntold || !isWatched(cluster, at) ? null : unexpected };
}

/** From the first change of a leaf that the agent saw; what it saw of a node itself, it saw watching. */
function isWatched(cluster: Cluster, at: number): boolean {
  return Object.values(cluster.passages).some(({ changed, began }) => Date.parse(began ?? changed) <= at);
}
