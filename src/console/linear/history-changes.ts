import { eventNode } from '../../model/event-node.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { eventKey } from '../history-items.ts';
import { historyWords } from '../history-words.ts';
import type { Scene } from '../scene.ts';

/** What the timeline alone tells; the states of nodes and of the cluster have lines of their own. */
const told: readonly HistoryEvent['kind'][] = ['node.added', 'node.removed', 'leader.elected', 'unknown'];

/** New events of the timeline; with the first reading of it nothing is new. */
export function historyChanges(before: Scene, after: Scene): string[] {
  const { history } = after.cluster;
  if (history === before.cluster.history || before.cluster.history.length === 0) return [];
  const known = new Set(before.cluster.history.map(eventKey));
  return history
    .filter((event) => told.includes(event.kind) && !known.has(eventKey(event)))
    .map((event) => eventLine(event, after));
}

function eventLine(event: HistoryEvent, { cluster }: Scene): string {
  if (event.kind === 'unknown') return `history: ${event.text}`;
  if (event.kind !== 'leader.elected')
    return `history: ${historyWords[event.kind].word} ${eventNode(cluster, event.node) ?? ''}`;
  const [from, to] = [event.from, event.to].map((name) => eventNode(cluster, name) ?? 'nobody');
  return `history: leader is ${to}, was ${from}`;
}
