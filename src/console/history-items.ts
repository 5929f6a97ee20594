import { eventNode } from '../model/event-node.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { passes } from './filter.ts';
import { historyWords } from './history-words.ts';

/**
 * The events that pass the filter, newest first. Every word of the filter must pass: `kind:`, `node:` and `checker:`
 * look at that alone, any other word at all of the event; a leading `!` turns one word round.
 */
export function historyItems(cluster: Cluster, filter: string): HistoryEvent[] {
  const words = filter.split(' ').filter((word) => word !== '');
  if (words.length === 0) return cluster.history.toReversed();
  const hosts = new Map<string, string>();
  const hostOf = (node: string | null) => {
    if (node === null) return '';
    const host = hosts.get(node) ?? `${eventNode(cluster, node) ?? ''} ${node}`;
    hosts.set(node, host);
    return host;
  };
  return cluster.history
    .filter((event) => {
      const parts = partsOf(event, hostOf(event.node));
      return words.every((word) => passesWord(word, parts));
    })
    .reverse();
}

/** What tells an event from another: the timeline gives them no name. */
export function eventKey(event: HistoryEvent): string {
  return `${event.at} ${event.kind} ${event.node ?? ''} ${event.checker ?? ''} ${event.text}`;
}

type Parts = { kind: string; node: string; checker: string; all: string };

function partsOf({ kind, checker, text }: HistoryEvent, node: string): Parts {
  const said = `${kind} ${historyWords[kind].word}`;
  return { kind: said, node, checker: checker ?? '', all: `${said} ${node} ${checker ?? ''} ${text}` };
}

function passesWord(word: string, parts: Parts): boolean {
  const [, not = '', part, wanted = ''] = /^(!?)(kind|node|checker):(.*)$/.exec(word) ?? [];
  if (part === 'kind' || part === 'node' || part === 'checker') return passes(not + wanted, parts[part]);
  return passes(word, parts.all);
}
