import type { NodeState } from '../protocol/health.ts';
import type { HistoryEvent } from '../protocol/history.ts';

export const stripLevels = ['unknown', 'healthy', 'expected', 'warning', 'degraded', 'offline'] as const;
export type StripLevel = (typeof stripLevels)[number];

/**
 * What is told of a node: its events, oldest first, its state now and whether that is expected, and of trouble until when
 * (epoch ms) a leaf in progress was bound to cause it, null where none was.
 */
export type Told = {
  events: readonly HistoryEvent[];
  state: NodeState;
  isExpected?: boolean;
  expectedUntil?: (event: HistoryEvent) => number | null;
};

/** A stretch of time in equal cells; epoch ms. */
export type Stretch = { from: number; to: number; cells: number };

/** The cell an instant falls in; before the stretch it is negative, after it the last. */
export function cellOf({ from, to, cells }: Stretch, at: number): number {
  return Math.min(cells - 1, Math.floor(((at - from) / (to - from)) * cells));
}

/**
 * How a node was over a stretch of time that ends now: of each cell the worst that is known of it, unknown where
 * nothing is. A probe that failed marks the cell it failed in, a state lasts until the next event. Nobody writes down
 * that a silent node came back (satellite.md 6): one that answers now was silent for an unknown time.
 */
export function nodeStrip(told: Told, stretch: Stretch): StripLevel[] {
  const strip = Array.from({ length: stretch.cells }, (): StripLevel => 'unknown');
  const raise = ({ level, since, until }: Lasting) => {
    const last = cellOf(stretch, until);
    for (let cell = Math.max(0, cellOf(stretch, since)); cell <= last; cell += 1)
      if (rank(level) > rank(strip[cell] ?? 'unknown')) strip[cell] = level;
  };
  for (const index of told.events.keys()) lastings(told, index, stretch).forEach(raise);
  const { to } = stretch;
  raise({ level: told.isExpected ? 'expected' : told.state, since: to, until: to });
  return strip;
}

type Lasting = { level: StripLevel; since: number; until: number };

/** What one event says of its own moment and of the time until the next one; nothing where that is not on the stretch. */
function lastings(told: Told, index: number, { from, to }: Stretch): Lasting[] {
  const { events, state, expectedUntil = () => null } = told;
  const [event, next] = [events[index], events[index + 1]];
  const at = Date.parse(event?.at ?? '');
  const end = next === undefined ? to : Math.min(to, Date.parse(next.at));
  if (event === undefined || at > to || end < from) return [];
  const { now } = levelOf(event);
  const isExpected = isTrouble(now) && (expectedUntil(event) ?? at) > at;
  const moment: Lasting = { level: isExpected ? 'expected' : now, since: at, until: at };
  const { level, since } = stateAfter(events, index);
  if (next === undefined && level === 'offline' && state !== 'offline') return [moment];
  const bound = since !== null && isTrouble(level) ? Math.max(at, expectedUntil(since) ?? at) : at;
  const expected: Lasting = { level: 'expected', since: at, until: Math.min(bound, end) };
  const rest: Lasting = { level, since: bound, until: end };
  return [moment, ...(bound > at ? [expected] : []), ...(bound < end || bound === at ? [rest] : [])];
}

function isTrouble(level: StripLevel): boolean {
  return level === 'warning' || level === 'degraded' || level === 'offline';
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

/** The state that lasts after an event, and the event it began with; a node that speaks is no longer silent. */
function stateAfter(
  events: readonly HistoryEvent[],
  index: number,
): { level: StripLevel; since: HistoryEvent | null } {
  for (let at = index; at >= 0; at -= 1) {
    const event = events[at];
    const after = event === undefined ? 'same' : levelOf(event).after;
    if (event === undefined || after === 'same') continue;
    return at < index && after === 'offline'
      ? { level: 'unknown', since: null }
      : { level: after, since: event };
  }
  return { level: 'unknown', since: null };
}
