import type { Cluster } from '../protocol/cluster.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { passes } from './filter.ts';
import { historyWords } from './history-words.ts';

/** The events that pass the filter, newest first. */
export function historyItems(cluster: Cluster, filter: string): HistoryEvent[] {
  return cluster.history
    .filter((event) =>
      passes(
        filter,
        `${event.kind} ${historyWords[event.kind].word} ${event.node ?? ''} ${event.checker ?? ''} ${event.text}`,
      ),
    )
    .reverse();
}

/** What tells an event from another: the timeline gives them no name. */
export function eventKey(event: HistoryEvent): string {
  return `${event.at} ${event.kind} ${event.node ?? ''} ${event.checker ?? ''} ${event.text}`;
}
