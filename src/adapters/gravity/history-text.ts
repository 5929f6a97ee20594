import { clean } from '../../protocol/clean.ts';
import { foreignInstant } from '../../protocol/foreign.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { isAroundOutput } from './around-output.ts';

/**
 * `gravity status history` (satellite.md 6; recordings/cli/status-history.stdout), oldest first, and the file `timeline`
 * of a report. Lines that are no events are left out with the remark `partial`. A last line without its newline is
 * believed where its last word stands in another line too: it may be cut off in it.
 */
export function readHistoryText(text: string): Reading<HistoryEvent[]> {
  const whole = clean(text);
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return unread('answer.empty', 'the history is empty');
  if (lines.some((line) => line.startsWith('No status history available'))) return read([]);
  const events = lines.flatMap((line) => toEvent(line) ?? []);
  const last = whole.endsWith('\n') ? '' : (lines.at(-1) ?? '');
  if (last !== '' && !isAroundOutput(last)) {
    if (toEvent(last) === null)
      return unread('answer.truncated', `the history is cut off after ${text.length} characters`);
    if (!isSeenBefore(last, lines))
      return unread('saved.last-line', 'the history may be cut off in its last line, which has no newline');
  }
  if (events.length === 0) return unread('answer.wrong-shape', 'the history has no line that is an event');
  return read(events, events.length === lines.length ? [] : ['partial']);
}

function isSeenBefore(last: string, lines: readonly string[]): boolean {
  const word = last.trim().split(' ').at(-1) ?? '';
  return lines.slice(0, -1).some((line) => line.split(/ +/).includes(word));
}

/** `Recovered` was the word of 5.5.38 to 41, 6.1.20 to 25 and 6.3. */
const kinds: Readonly<Record<string, HistoryEvent['kind']>> = {
  'Cluster Healthy': 'cluster.healthy',
  'Cluster Recovered': 'cluster.healthy',
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

const event = /^(\S+) (?:\[([^\]]+)\]|(Unknown event))(.*)$/i;
const leader = /^(?:new leader|leader changed (\S+) ->) (\S+)$/;
/** The leader in the words of the same releases; `prev=` is empty for the first one. */
const oldLeader = /\bprev=(\S*)\s+new=(\S+)/;

function toEvent(line: string): HistoryEvent | null {
  const [, time, titled, bare = '', tail = ''] = event.exec(line) ?? [];
  const title = titled ?? bare;
  const rest = tail.trim();
  const at = foreignInstant(time);
  if (at === null) return null;
  const kind = Object.hasOwn(kinds, title) ? (kinds[title] ?? 'unknown') : 'unknown';
  const [, from = null, to = null] = leader.exec(rest) ?? oldLeader.exec(rest) ?? [];
  return {
    at,
    kind,
    node: /\bnode=(\S+)/.exec(rest)?.[1] ?? null,
    checker: /\bchecker=(\S+)/.exec(rest)?.[1] ?? null,
    from: from || null,
    to,
    text: `[${title}] ${rest.replace(/\s+/g, ' ')}`.trim(),
  };
}
