import type { Event } from '../protocol/event.ts';
import type { Health, HealthNode } from '../protocol/health.ts';
import type { Reported } from '../protocol/reported.ts';
import { foldReported, reportedOf } from './fold-reported.ts';
import { probeChanges } from './probe-changes.ts';
import { same } from './same.ts';

/**
 * When it was seen, how operators call a node of the endpoint (its host name), and what was last reported of the nodes,
 * by this life of the agent or an earlier one.
 */
export type Telling = { seen: string; named: (node: HealthNode) => string; reported?: Reported };

/**
 * What happened between two readings of the health endpoint. Nodes and probes come in another order every time
 * (satellite.md 3), so they are told apart by the endpoint's own name, never by place, nor by the host name, which may
 * become known later. The endpoint serves one collection for 30 s: the same `at` is the same answer, only older, which
 * must be told: what has changed since it was collected it cannot show. The first reading of a life is compared with what
 * an earlier life reported, where one did: the difference happened while the agent was away.
 */
export function healthChanges(before: Health | null, read: Health, telling: Telling): Event[] {
  const { seen } = telling;
  const after = inOrder(read);
  if (before === null) return firstChanges(after, telling);
  const { at, servedAt } = after;
  const isOlder = at !== null && at === before.at;
  if (isOlder && servedAt === before.servedAt) return [];
  if (isOlder || same({ ...before, at, servedAt }, after))
    return [{ kind: 'health.dated', seen, at, servedAt }];
  return [...changesSince(before.nodes, after, telling), { kind: 'health.read', seen, health: after }];
}

function firstChanges(after: Health, telling: Telling): Event[] {
  const { seen, named, reported = {} } = telling;
  const hasPast = Object.keys(reported).length > 0;
  const changes = hasPast ? [...absent(after, telling), ...changesSince([], after, telling)] : [];
  const away = changes.map((event) => ({ ...event, away: true }));
  const nodes = foldReported(reported, after, named);
  return [...away, { kind: 'health.read', seen, health: after }, { kind: 'health.began', seen, nodes }];
}

type Change = Extract<Event, { kind: 'node.changed' | 'probe.changed' }>;

/** The nodes that an earlier life of the agent reported and the first reading of this one does not list. */
function absent(after: Health, { seen, named, reported = {} }: Telling): Change[] {
  const listed = new Set(after.nodes.map((node) => reportedOf(reported, named(node), node)));
  const gone = Object.entries(reported).filter(([, node]) => !listed.has(node) && node.state !== 'vanished');
  return gone.map(([node, { ip, state }]) => ({
    kind: 'node.changed',
    seen,
    node,
    ip,
    from: state,
    to: 'vanished',
    at: after.at,
  }));
}

function changesSince(before: readonly HealthNode[], after: Health, telling: Telling): Change[] {
  const former = new Map(before.map((node) => [node.name, node]));
  const present = new Set(after.nodes.map((node) => node.name));
  const vanished = before.filter((node) => !present.has(node.name));
  const { at } = after;
  return [
    ...vanished.map((node) => nodeChange(node, 'vanished', { ...telling, at, from: node.state })),
    // A master that falls silent comes first: what happened on the others may then be in no history (history-gap.ts).
    ...after.nodes
      .toSorted((one, other) => Number(other.state === 'offline') - Number(one.state === 'offline'))
      .flatMap((node) => changesOf(former.get(node.name), node, { ...telling, at })),
  ];
}

/** A node that was silent or not listed is compared with what was last reported of it. */
function changesOf(
  before: HealthNode | undefined,
  after: HealthNode,
  telling: Telling & { at: string | null },
): Change[] {
  const { seen, named, at, reported = {} } = telling;
  const known = reportedOf(reported, named(after), after);
  const from = before?.state ?? known?.state ?? null;
  const moved = from === after.state ? [] : [nodeChange(after, after.state, { ...telling, from })];
  const probes = (before?.probes.length ?? 0) > 0 ? (before?.probes ?? []) : (known?.failed ?? []);
  return [
    ...moved,
    ...probeChanges(probes, after.probes).map((change) => ({
      kind: 'probe.changed' as const,
      seen,
      node: named(after),
      at,
      ...change,
    })),
  ];
}

function nodeChange(
  node: HealthNode,
  to: string,
  { seen, named, from, at }: Telling & { from: string | null; at: string | null },
): Change {
  return { kind: 'node.changed', seen, node: named(node), ip: node.ip, from, to, at };
}

function inOrder(health: Health): Health {
  const nodes = health.nodes.map((node) => ({ ...node, probes: node.probes.toSorted(by(probeKey)) }));
  return { ...health, nodes: nodes.toSorted(by(({ name }) => name)) };
}

function probeKey({ checker, text }: { checker: string; text: string }): string {
  return `${checker}\n${text}`;
}

function by<T>(key: (item: T) => string): (one: T, other: T) => number {
  return (one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0);
}
