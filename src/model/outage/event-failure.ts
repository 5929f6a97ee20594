import type { HistoryEvent } from '../../protocol/history.ts';
import type { Failure } from './cause.ts';

/** The timeline writes a node and its probes within the same collection, in either order. */
const together = 2000;

/**
 * The failures an event of the timeline records of its node (`events`: all of that node), all of which must be expected for it to be; none where it records no
 * failure of a node. A degraded node fails by its probes. Where no line tells of any, its health agent was restarted
 * with the planet around it and knew of no change: then the node as a whole is meant.
 */
export function eventFailures(
  event: HistoryEvent,
  { node, events }: { node: string; events: readonly HistoryEvent[] },
): Required<Failure>[] {
  const began = Date.parse(event.at);
  const { kind, checker } = event;
  if (kind === 'node.silent' || kind === 'node.vanished') return [{ node, checker: null, began }];
  if (kind === 'probe.failed') return checker === null ? [] : [{ node, checker, began }];
  if (kind !== 'node.degraded') return [];
  const failing = failingAt(events, began);
  return failing.length === 0
    ? [{ node, checker: null, began }]
    : failing.map((each) => ({ node, checker: each, began }));
}

function failingAt(events: readonly HistoryEvent[], at: number): string[] {
  const failing = new Set<string>();
  for (const { at: when, kind, checker } of events) {
    if (Date.parse(when) > at + together) break;
    if (checker === null) continue;
    if (kind === 'probe.failed') failing.add(checker);
    else if (kind === 'probe.succeeded') failing.delete(checker);
  }
  return [...failing];
}
