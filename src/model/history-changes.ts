import type { Event } from '../protocol/event.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { bounds } from './bounds.ts';

/**
 * The events of a reading of the timeline that were not known, oldest first. `/history` has nanoseconds and
 * `gravity status history` whole seconds (satellite.md 6): one event read through both is told apart by the second.
 * What is older than all that is kept would be dropped at once, again at every reading: it is not new.
 */
export function historyChanges(
  known: readonly HistoryEvent[],
  read: readonly HistoryEvent[],
  seen: string,
): Event[] {
  const keys = new Set(known.map(keyOf));
  const floor = known.length < bounds.history ? Number.NEGATIVE_INFINITY : Date.parse(known[0]?.at ?? '');
  const events = read
    .slice(-bounds.history)
    .filter((event) => !keys.has(keyOf(event)) && Date.parse(event.at) >= floor);
  return events.length === 0 ? [] : [{ kind: 'history.read', seen, events }];
}

function keyOf(event: HistoryEvent): string {
  const second = Math.floor(Date.parse(event.at) / 1000);
  const what = event.kind === 'unknown' ? event.text : null;
  return JSON.stringify([second, event.kind, event.node, event.checker, event.from, event.to, what]);
}
