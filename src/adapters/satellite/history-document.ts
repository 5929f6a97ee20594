import {
  type Foreign,
  foreign,
  foreignInstant,
  foreignName,
  foreignObjects,
} from '../../protocol/foreign.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';

/**
 * A body of `/history` (satellite.md 6): `{}` is an empty one; an error is what a worker answers, who has no timeline;
 * the status body of `/` is what an agent from before the timeline answers. Events without an instant are left out.
 */
export function historyFromDocument(root: Foreign): Reading<HistoryEvent[]> {
  const error = foreignName(root['error']);
  if (error !== null)
    return unread('health.worker-history', `the health endpoint keeps no history here: ${error}`);
  if (Array.isArray(root['events'])) return read(foreignObjects(root['events']).flatMap(toEvent));
  if (Object.keys(root).length === 0) return read([]);
  return unread('health.no-timeline', 'the health endpoint answered its status when asked for the history');
}

const kinds: Readonly<Record<string, readonly [HistoryEvent['kind'], string]>> = {
  ClusterHealthy: ['cluster.healthy', 'Cluster Healthy'],
  ClusterDegraded: ['cluster.degraded', 'Cluster Degraded'],
  ClusterUpgrade: ['cluster.upgrade', 'Cluster Upgrade'],
  NodeAdded: ['node.added', 'Node Added'],
  NodeRemoved: ['node.removed', 'Node Removed'],
  NodeHealthy: ['node.healthy', 'Node Healthy'],
  NodeRecovered: ['node.healthy', 'Node Healthy'],
  NodeDegraded: ['node.degraded', 'Node Degraded'],
  ProbeSucceeded: ['probe.succeeded', 'Probe Succeeded'],
  ProbeFailed: ['probe.failed', 'Probe Failed'],
  LeaderElected: ['leader.elected', 'Leader Elected'],
};

function toEvent(event: Foreign): HistoryEvent[] {
  const at = foreignInstant(event['timestamp']);
  const [name = '', value] = Object.entries(foreign(event['Data']) ?? {})[0] ?? [];
  const [kind, title] = Object.hasOwn(kinds, name) ? (kinds[name] ?? unknownKind) : unknownKind;
  const data = foreign(value) ?? {};
  const node = foreignName(data['node']);
  const checker = foreignName(data['probe']);
  const from = foreignName(data['prev']);
  const to = foreignName(data['new']);
  const text = [
    `[${title}]`,
    ...details({ node, checker, from, to }),
    kind === 'unknown' ? foreignName(name) : null,
  ];
  return at === null ? [] : [{ at, kind, node, checker, from, to, text: text.filter(Boolean).join(' ') }];
}

const unknownKind = ['unknown', 'Unknown Event'] as const;

function details({
  node,
  checker,
  from,
  to,
}: Pick<HistoryEvent, 'node' | 'checker' | 'from' | 'to'>): string[] {
  const words: string[] = [];
  if (node !== null) words.push(`node=${node}`);
  if (checker !== null) words.push(`checker=${checker}`);
  if (to !== null) words.push(from === null ? `new leader ${to}` : `leader changed ${from} -> ${to}`);
  return words;
}
