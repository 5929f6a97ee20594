import type { Event } from '../protocol/event.ts';
import type { Health, HealthNode, Probe } from '../protocol/health.ts';
import type { Reported, ReportedNode } from '../protocol/reported.ts';
import { partnerOf } from './probe-changes.ts';

type Changed<K extends Event['kind']> = Extract<Event, { kind: K }>;

/** What was last reported of this node: by its host name, the endpoint's own, or its address; null when nothing was. */
export function reportedOf(reported: Reported, host: string, node: HealthNode): ReportedNode | null {
  const byName = reported[host] ?? reported[node.name];
  if (byName !== undefined) return byName;
  return node.ip === null ? null : (Object.values(reported).find(({ ip }) => ip === node.ip) ?? null);
}

/** The nodes of a reading as reported, with what was known of those that do not answer or are no longer listed. */
export function foldReported(
  reported: Reported,
  health: Health,
  named: (node: HealthNode) => string,
): Reported {
  const present = health.nodes.map((node): [string, ReportedNode] => {
    const host = named(node);
    const failed = node.probes.filter(({ state }) => state === 'failed');
    const kept = node.probes.length > 0 ? failed : (reportedOf(reported, host, node)?.failed ?? []);
    return [host, { ip: node.ip, state: node.state, failed: kept }];
  });
  const names = new Set([...present.map(([host]) => host), ...health.nodes.map(({ name }) => name)]);
  const rest = Object.entries(reported).filter(([name]) => !names.has(name));
  return Object.fromEntries([
    ...rest.map(([name, node]): [string, ReportedNode] => [name, { ...node, state: 'vanished' }]),
    ...present,
  ]);
}

export function reportedAfterNode(reported: Reported, { node, ip, to }: Changed<'node.changed'>): Reported {
  const before = reported[node] ?? { ip, failed: [] };
  return { ...reported, [node]: { ip: ip ?? before.ip, state: to, failed: before.failed } };
}

export function reportedAfterProbe(reported: Reported, event: Changed<'probe.changed'>): Reported {
  const { node, checker, to, severity, text, detail } = event;
  const before = reported[node] ?? { ip: null, state: null, failed: [] };
  const probe: Probe = {
    checker,
    state: 'failed',
    severity: severity === 'warning' ? 'warning' : 'critical',
    text,
    ...(detail === undefined ? {} : { detail }),
  };
  const former = event.from === 'failed' ? partnerOf(probe, before.failed) : undefined;
  const others = before.failed.filter((each) => each !== former);
  const failed = to === 'failed' ? [...others, probe] : others;
  return { ...reported, [node]: { ...before, failed } };
}
