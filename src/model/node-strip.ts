import type { NodeState } from '../protocol/health.ts';
import type { HistoryEvent } from '../protocol/history.ts';

export const stripLevels = ['unknown', 'healthy', 'warning', 'degraded', 'offline'] as const;
export type StripLevel = (typeof stripLevels)[number];

/** What is told of a node: its events, oldest first, and its state now. */
export type Told = { events: readonly HistoryEvent[]; state: NodeState };

/** A stretch of time in equal cells; epoch ms. */
export type Stretch = { from: number; to: number; cells: number };

/**
 * How a node was over a stretch of time that ends now: of each cell the worst that is known of it, unknown where
 * nothing is. A probe that failed marks the cell it failed in, a state lasts until the next event. Nobody writes down
 * that a silent node came back (satellite.md 6): one that answers now was silent for an unknown time.
 */
export function nodeStrip({ events, state }: Told, { from, to, cells }: Stretch): StripLevel[] {
  const strip = Array.from({ length: cells }, (): StripLevel => 'unknown');
  const cellOf = (at: number) => Math.min(cells - 1, Math.floor(((at - from) / (to - from)) * cells));
  const raise = (cell: number, level: StripLevel) => {
    if (cell >= 0 && cell < cells && rank(level) > rank(strip[cell] ?? 'unknown')) strip[cell] = level;
  };
  events.forEach((event, index) => {
    const at = Date.parse(event.at);
    if (at > to) return;
    const level = levelOf(event);
    raise(cellOf(at), level.now);
    const next = events[index + 1];
    const until = next === undefined ? to : Math.min(to, Date.parse(next.at));
    const lasts = next !== undefined || level.after !== 'offline' || state === 'offline';
    const after = level.after === 'same' ? stateAt(events, index) : level.after;
    if (lasts) for (let cell = Math.max(0, cellOf(at)); cell <= cellOf(until); cell += 1) raise(cell, after);
  });
  raise(cells - 1, state);
  return strip;
}

function rank(level: StripLevel): number {
  return stripLevels.indexOf(level);
}

/** What an event says of its own moment, and of the time after it; `same` where that is as it was before. */
function levelOf({ kind }: HistoryEvent): { now: StripLevel; after: StripLevel | 'same' } {
  if (kind === 'node.healthy') return { now: 'healthy', after: 'healthy' };
  if (kind === 'node.degraded') return { now: 'degraded', after: 'degraded' };
  if (kind === 'node.silent' || kind === 'node.vanished') return { now: 'offline', after: 'offline' };
  if (kind === 'node.added' || kind === 'node.removed') return { now: 'unknown', after: 'unknown' };
  return { now: kind === 'probe.failed' ? 'warning' : 'unknown', after: 'same' };
}

/** The state that lasted when an event of another kind came; a node that speaks is no longer silent. */
function stateAt(events: readonly HistoryEvent[], index: number): StripLevel {
  for (let at = index - 1; at >= 0; at -= 1) {
    const event = events[at];
    const after = event === undefined ? 'same' : levelOf(event).after;
    if (after !== 'same') return after === 'offline' ? 'unknown' : after;
  }
  return 'unknown';
}
