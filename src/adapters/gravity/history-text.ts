import { clean } from '../../protocol/clean.ts';
import { foreignInstant } from '../../protocol/foreign.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';

/**
 * `gravity status history` (satellite.md 6; recordings/cli/status-history.stdout), oldest first. Lines that are no
 * events are left out with the remark `partial`; a text that does not end in a newline is cut off.
 */
export function readHistoryText(text: string): Reading<HistoryEvent[]> {
  const whole = clean(text);
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return unread('answer.empty', 'the history is empty');
  if (lines.some((line) => line.startsWith('No status history available'))) return read([]);
  const events = lines.flatMap((line) => toEvent(line) ?? []);
  if (!whole.endsWith('\n'))
    return unread('answer.truncated', `the history is cut off after ${text.length} characters`);
  if (events.length === 0) return unread('answer.wrong-shape', 'the history has no line that is an event');
  return read(events, events.length === lines.length ? [] : ['partial']);
}

/** The documentation's `Node Recovered` is printed by no release and tolerated. */
const kinds: Readonly<Record<string, HistoryEvent['kind']>> = {
  'Cluster Healthy': 'cluster.healthy',
  'Cluster Degraded': 'cluster.degraded',
  'Cluster Upgrade': 'cluster.upgrade',
  'Node Added': 'node.added',
  'Node Removed': 'node.removed',
  'Node Healthy': 'node.healthy',
  'Node Recovered': 'node.healthy',
  'Node Degraded': 'node.degraded',
  'Probe Succeeded': 'probe.succeeded',
  'Probe Failed': 'probe.failed',
  'Leader Elected': 'leader.elected',
};

const event = /^(\S+) \[([^\]]+)\](.*)$/;
const leader = /^(?:new leader|leader changed (\S+) ->) (\S+)$/;

function toEvent(line: string): HistoryEvent | null {
  const [, time, title = '', tail = ''] = event.exec(line) ?? [];
  const rest = tail.trim();
  const at = foreignInstant(time);
  if (at === null) return null;
  const kind = Object.hasOwn(kinds, title) ? (kinds[title] ?? 'unknown') : 'unknown';
  const [, from = null, to = null] = leader.exec(rest) ?? [];
  return {
    at,
    kind,
    node: /\bnode=(\S+)/.exec(rest)?.[1] ?? null,
    checker: /\bchecker=(\S+)/.exec(rest)?.[1] ?? null,
    from,
    to,
    text: `[${title}] ${rest.replace(/\s+/g, ' ')}`.trim(),
  };
}
