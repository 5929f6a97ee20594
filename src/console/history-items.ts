import { eventNode } from '../model/event-node.ts';
import { passes } from './filter.ts';
import { historyWords } from './history-words.ts';
import type { Scene } from './scene.ts';
import { causeOfItem, type TimelineEvent, timelineOf } from './timeline.ts';
import { verdictWord } from './verdict-word.ts';

/** Of a scene, what the timeline needs. */
type Timeline = Pick<Scene, 'cluster' | 'outages'>;

/**
 * The events that pass the filter, newest first. Every word of the filter must pass: `kind:`, `node:` and `checker:`
 * look at that alone, any other word at all of the event; a leading `!` turns one word round.
 */
export function historyItems(timeline: Timeline, filter: string): TimelineEvent[] {
  const { cluster } = timeline;
  const words = filter.split(' ').filter((word) => word !== '');
  const events = timelineOf(cluster);
  if (words.length === 0) return events.reverse();
  const hosts = new Map<string, string>();
  const hostOf = (node: string | null) => {
    if (node === null) return '';
    const host = hosts.get(node) ?? `${eventNode(cluster, node) ?? ''} ${node}`;
    hosts.set(node, host);
    return host;
  };
  return events
    .filter((event) => {
      const parts = partsOf(timeline, event, hostOf(event.node));
      return words.every((word) => passesWord(word, parts));
    })
    .reverse();
}

/** What tells an event from another: the timeline gives them no name. */
export function eventKey(event: Omit<TimelineEvent, 'parts'>): string {
  return `${event.at} ${event.kind} ${event.node ?? ''} ${event.checker ?? ''} ${event.text}`;
}

type Parts = { kind: string; node: string; checker: string; text: string; verdict: () => string | null };

function partsOf(timeline: Timeline, event: TimelineEvent, node: string): Parts {
  const { kind, checker, text } = event;
  const verdict = () => {
    const expectation = causeOfItem(timeline, event);
    return expectation === null ? null : verdictWord(expectation);
  };
  return { kind: `${kind} ${historyWords[kind].word}`, node, checker: checker ?? '', text, verdict };
}

function passesWord(word: string, parts: Parts): boolean {
  const [, not = '', part, wanted = ''] = /^(!?)(kind|node|checker):(.*)$/.exec(word) ?? [];
  if (part === 'kind' || part === 'node' || part === 'checker')
    return passes(not + wanted, { names: [parts[part]] });
  const names = [parts.kind, parts.node, parts.checker];
  // Whether an event was expected is worked out only for words that a verdict has.
  return passes(word, {
    names: isOfVerdict(word) ? [...names, parts.verdict()] : names,
    texts: [parts.text],
  });
}

function isOfVerdict(word: string): boolean {
  return /^!?(un|ex|st)/i.test(word);
}
