import type { HistoryEvent } from '../protocol/history.ts';
import type { HistoryTwin } from '../protocol/twins.ts';

/** Events of the cluster's timeline as `history -o json` says them, in the order given. */
export function historyTwin(events: readonly HistoryEvent[]): HistoryTwin {
  return {
    schema: 1,
    events: events.map(({ at, kind, node, checker, from, to, text }) => ({
      at,
      kind,
      node,
      checker,
      from,
      to,
      text,
    })),
  };
}
