import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { bounds } from './bounds.ts';

/** Adds events, which may be older than known ones: masters learn of each other's late (satellite.md 6). */
export function foldHistory(cluster: Cluster, events: readonly HistoryEvent[]): Cluster {
  if (events.length === 0) return cluster;
  const all = [...cluster.history, ...events];
  const history = inOrder(all) ? all : all.toSorted(byTime);
  return { ...cluster, history: history.slice(-bounds.history) };
}

/** The entry the cluster never writes: a node that dies writes nothing and nobody writes it for it (satellite.md 6). */
export function ownHistory(event: Extract<Event, { kind: 'node.changed' }>): HistoryEvent[] {
  const own = { at: event.seen, node: event.node, checker: null, from: null, to: null };
  if (event.to === 'offline')
    return [{ ...own, kind: 'node.silent', text: `${event.node} no longer answers (seen by the agent)` }];
  if (event.to === 'vanished')
    return [{ ...own, kind: 'node.vanished', text: `${event.node} is no longer listed (seen by the agent)` }];
  return [];
}

function inOrder(events: readonly HistoryEvent[]): boolean {
  return events.every((event, index) => {
    const before = events[index - 1];
    return before === undefined || byTime(before, event) <= 0;
  });
}

function byTime(one: HistoryEvent, other: HistoryEvent): number {
  return Date.parse(one.at) - Date.parse(other.at);
}
