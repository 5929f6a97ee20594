import type { EventKind } from '../protocol/event.ts';
import type { NumberedEvent } from './contracts.ts';

/** What the ring holds at most, in events; a whole reading counts as many, for memory is what is bounded. */
const capacity = 5000;
const readingWeight = 250;

export type EventRing = {
  push(event: NumberedEvent): void;
  /** The events after `seq`, or null when some of them are gone (or `seq` lies ahead). */
  after(seq: number): NumberedEvent[] | null;
};

/** The newest events, for readers that were away a moment; who is further behind gets a snapshot. */
export function createEventRing(): EventRing {
  const events: NumberedEvent[] = [];
  let weight = 0;
  let last = 0;
  return {
    push(event) {
      events.push(event);
      last = event.seq;
      weight += weightOf(event.event.kind);
      while (weight > capacity) weight -= weightOf(events.shift()?.event.kind);
    },
    after(seq) {
      const first = last - events.length;
      return seq > last || seq < first ? null : events.slice(seq - first);
    },
  };
}

function weightOf(kind: EventKind | undefined): number {
  return kind?.endsWith('.read') ? readingWeight : 1;
}
