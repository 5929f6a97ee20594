import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { eventNode } from './event-node.ts';

/**
 * The masters whose health agent does not answer, by host name. While there is one the timelines of the masters diverge: an
 * agent tells the masters one after the other, and the first that does not answer takes all of the time it has for that
 * (findings H 4), so that those behind it learn of nothing until it is back.
 */
export function silentMasters({ reported, plan, health }: Cluster): string[] {
  const masters = new Set([
    ...(plan?.servers ?? [])
      .filter(({ role }) => role === 'master')
      .flatMap(({ hostname, ip }) => [hostname, ip]),
    ...(health?.nodes ?? [])
      .filter(({ role }) => role === 'master')
      .flatMap(({ name, ip }) => [name, ip ?? name]),
  ]);
  return Object.entries(reported)
    .filter(
      ([name, { ip, state }]) => isSilent(state) && (masters.has(name) || (ip !== null && masters.has(ip))),
    )
    .map(([name]) => name);
}

/** What the history of one master may lack now, null when nothing. */
export function historyGapWords(cluster: Cluster): string | null {
  const silent = silentMasters(cluster);
  if (silent.length === 0) return null;
  const verb = silent.length === 1 ? 'does' : 'do';
  return `${silent.join(', ')} ${verb} not answer: until then this history may lack events of other masters; what this agent saw fills in`;
}

type Change = Extract<Event, { kind: 'node.changed' | 'probe.changed' }>;

/** What the agent saw itself, as an event of the timeline, where a master may never be told of it. */
export function gapEvents(cluster: Cluster, change: Change): HistoryEvent[] {
  const kind = kindOf(change);
  if (kind === null || silentMasters(cluster).length === 0) return [];
  const checker = change.kind === 'probe.changed' ? change.checker : null;
  const latest = cluster.history.findLast(
    (event) => event.checker === checker && isStateKind(event, checker) && isOf(cluster, event, change.node),
  );
  if (latest?.kind === kind) return [];
  const about = checker === null ? '' : ` checker=${checker}`;
  const text = `${change.node}${about} (seen by the agent)`;
  const at = change.at ?? change.seen;
  return [{ at, kind, node: change.node, checker, from: null, to: null, text, own: true }];
}

/** How far apart (ms) the cluster and the agent may date one change: a reading is up to 70 s late. */
const apartMs = 120_000;

/** The known events without those of the agent that these, the cluster's own, are the true ones of. */
export function withoutFilled(cluster: Cluster, events: readonly HistoryEvent[]): HistoryEvent[] {
  let known = cluster.history;
  if (!known.some(({ own }) => own)) return known;
  for (const event of events) {
    const filled = known.filter(
      (each) =>
        each.own === true &&
        each.kind === event.kind &&
        each.checker === event.checker &&
        apart(each, event) <= apartMs &&
        event.node !== null &&
        isOf(cluster, each, eventNode(cluster, event.node) ?? event.node),
    );
    const nearest = filled.toSorted((one, other) => apart(one, event) - apart(other, event))[0];
    if (nearest !== undefined) known = known.filter((each) => each !== nearest);
  }
  return known;
}

function isSilent(state: string | null): boolean {
  return state === 'offline' || state === 'vanished' || state === 'unknown';
}

function kindOf(change: Change): HistoryEvent['kind'] | null {
  if (change.kind === 'probe.changed') {
    if (change.to === 'failed') return change.from === 'failed' ? null : 'probe.failed';
    return 'probe.succeeded';
  }
  if (change.to === 'degraded') return 'node.degraded';
  return change.to === 'healthy' ? 'node.healthy' : null;
}

/** Probe events are compared with those of their checker, states of a node with its states. */
function isStateKind({ kind }: HistoryEvent, checker: string | null): boolean {
  return checker !== null || kind.startsWith('node.');
}

function isOf(cluster: Cluster, event: HistoryEvent, host: string): boolean {
  return event.node === host || eventNode(cluster, event.node) === host;
}

function apart(one: HistoryEvent, other: HistoryEvent): number {
  return Math.abs(Date.parse(one.at) - Date.parse(other.at));
}
