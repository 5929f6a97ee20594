import type { Event } from '../protocol/event.ts';
import type { Health, HealthNode } from '../protocol/health.ts';
import { probeChanges } from './probe-changes.ts';
import { same } from './same.ts';

/** When it was seen, and how operators call a node of the endpoint: its host name. */
export type Telling = { seen: string; named: (node: HealthNode) => string };

/**
 * What happened between two readings of the health endpoint. Nodes and probes come in another order every time
 * (satellite.md 3), so they are told apart by the endpoint's own name, never by place, nor by the host name, which may
 * become known later. The endpoint serves one collection for 30 s: the same `at` is the same answer, only older, which
 * must be told: what has changed since it was collected it cannot show. The first reading is no change of anything.
 */
export function healthChanges(before: Health | null, read: Health, telling: Telling): Event[] {
  const { seen } = telling;
  const after = inOrder(read);
  if (before === null) return [{ kind: 'health.read', seen, health: after }];
  const { at, servedAt } = after;
  const isOlder = at !== null && at === before.at;
  if (isOlder && servedAt === before.servedAt) return [];
  if (isOlder || same({ ...before, at, servedAt }, after))
    return [{ kind: 'health.dated', seen, at, servedAt }];
  return [...nodeChanges(before.nodes, after.nodes, telling), { kind: 'health.read', seen, health: after }];
}

function nodeChanges(before: readonly HealthNode[], after: readonly HealthNode[], telling: Telling): Event[] {
  const former = new Map(before.map((node) => [node.name, node]));
  const present = new Set(after.map((node) => node.name));
  const vanished = before.filter((node) => !present.has(node.name));
  return [
    ...vanished.map((node) => nodeChange(node, 'vanished', { ...telling, from: node.state })),
    ...after.flatMap((node) => changesOf(former.get(node.name), node, telling)),
  ];
}

function changesOf(before: HealthNode | undefined, after: HealthNode, telling: Telling): Event[] {
  const from = before?.state ?? null;
  const moved = from === after.state ? [] : [nodeChange(after, after.state, { ...telling, from })];
  const changes = probeChanges(before?.probes ?? [], after.probes);
  const { seen, named } = telling;
  return [
    ...moved,
    ...changes.map((change) => ({ kind: 'probe.changed' as const, seen, node: named(after), ...change })),
  ];
}

function nodeChange(
  node: HealthNode,
  to: string,
  { seen, named, from }: Telling & { from: string | null },
): Event {
  return { kind: 'node.changed', seen, node: named(node), ip: node.ip, from, to };
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
