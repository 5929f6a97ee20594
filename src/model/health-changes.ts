import type { Event } from '../protocol/event.ts';
import type { Health, HealthNode } from '../protocol/health.ts';
import { probeChanges } from './probe-changes.ts';
import { same } from './same.ts';

/**
 * What happened between two readings of the health endpoint. Nodes and probes come in another order every time
 * (satellite.md 3), so they are told apart by name, never by place. The endpoint serves one collection for 30 s: the
 * same `at` is the same answer. The first reading is no change of anything.
 */
export function healthChanges(before: Health | null, read: Health, seen: string): Event[] {
  const after = inOrder(read);
  if (before === null) return [{ kind: 'health.read', seen, health: after }];
  if (after.at !== null && after.at === before.at) return [];
  const { at, servedAt } = after;
  if (same({ ...before, at, servedAt }, after)) return [{ kind: 'health.dated', seen, at, servedAt }];
  return [...nodeChanges(before.nodes, after.nodes, seen), { kind: 'health.read', seen, health: after }];
}

function nodeChanges(before: readonly HealthNode[], after: readonly HealthNode[], seen: string): Event[] {
  const former = new Map(before.map((node) => [node.name, node]));
  const present = new Set(after.map((node) => node.name));
  const vanished = before.filter((node) => !present.has(node.name));
  return [
    ...vanished.map((node) => nodeChange(node, 'vanished', { from: node.state, seen })),
    ...after.flatMap((node) => changesOf(former.get(node.name), node, seen)),
  ];
}

function changesOf(before: HealthNode | undefined, after: HealthNode, seen: string): Event[] {
  const from = before?.state ?? null;
  const moved = from === after.state ? [] : [nodeChange(after, after.state, { from, seen })];
  return [...moved, ...probeChanges(before?.probes ?? [], after, seen)];
}

function nodeChange(node: HealthNode, to: string, about: { from: string | null; seen: string }): Event {
  return { kind: 'node.changed', seen: about.seen, node: node.name, ip: node.ip, from: about.from, to };
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
