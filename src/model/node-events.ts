import type { Cluster } from '../protocol/cluster.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { eventNode } from './event-node.ts';

/** The known events of every node by its host name, oldest first. One pass over the timeline. */
export function nodeEvents(cluster: Cluster): ReadonlyMap<string, readonly HistoryEvent[]> {
  const hosts = new Map<string, string | null>();
  const events = new Map<string, HistoryEvent[]>();
  for (const event of cluster.history) {
    if (event.node === null) continue;
    const host = hosts.get(event.node) ?? eventNode(cluster, event.node);
    hosts.set(event.node, host);
    if (host === null) continue;
    const known = events.get(host);
    if (known) known.push(event);
    else events.set(host, [event]);
  }
  return events;
}
