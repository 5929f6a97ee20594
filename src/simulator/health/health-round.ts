import type { Cluster, HealthView, HistoryEvent, NodeHealth, Probe } from '../cluster/cluster.ts';
import { nodeProbes } from './node-probes.ts';

/** One round of the health agents: each node looks at itself, the asked one collects, changes go to the history. */
export function healthRound(cluster: Cluster): void {
  const nodes = [...cluster.nodes.values()].map((node): NodeHealth => {
    const name = serfName(node.server.advertise_ip, cluster.name);
    if (!node.up) return { node, name, answer: null };
    const probes = nodeProbes(cluster, node);
    return { node, name, answer: { status: probes.some(counts) ? 'degraded' : 'running', probes } };
  });
  const at = cluster.world.clock.now();
  cluster.history.push(...changes(cluster.health, nodes, at));
  cluster.health = { at, ...overall(nodes), nodes };
}

/** Serf's name of a node: its address with underscores, and the cluster's name (satellite.md 7). */
function serfName(ip: string, cluster: string): string {
  return `${ip.replaceAll('.', '_')}.${cluster}`;
}

/** A failed probe degrades its node unless it is a mere warning; no severity counts as critical. */
function counts({ status, severity }: Probe): boolean {
  return status === 'failed' && severity !== 'warning';
}

function overall(nodes: NodeHealth[]): Pick<HealthView, 'status' | 'summary'> {
  const silent = nodes.filter(({ answer }) => answer === null);
  if (!nodes.some(({ node, answer }) => node.role === 'master' && answer !== null)) {
    return { status: 'degraded', summary: 'master node unavailable' };
  }
  if (silent.length > 0) {
    const names = silent.map(({ name }) => `${name},`).join('');
    return { status: 'degraded', summary: `no status received from nodes (${names})` };
  }
  const sick = nodes.some(({ answer }) => answer?.status === 'degraded');
  return { status: sick ? 'degraded' : 'running', summary: null };
}

/** What each node would have pushed to the timeline: a node that died pushes nothing (satellite.md 6). */
function changes(before: HealthView, after: NodeHealth[], at: number): HistoryEvent[] {
  return after.flatMap(({ name, answer }) => {
    if (answer === null) return [];
    const last = before.nodes.find((known) => known.name === name)?.answer ?? null;
    const probes = last === null ? [] : probeChanges(last.probes, answer.probes);
    const events = probes.map(
      ({ checker, status }): HistoryEvent => ({
        at,
        kind: status === 'failed' ? 'ProbeFailed' : 'ProbeSucceeded',
        data: { node: name, probe: checker },
      }),
    );
    if (last?.status === answer.status) return events;
    const kind = answer.status === 'running' ? 'NodeHealthy' : 'NodeDegraded';
    return [...events, { at, kind, data: { node: name } }];
  });
}

function probeChanges(before: Probe[], after: Probe[]): Probe[] {
  const known = new Map(before.map(({ checker, status }) => [checker, status]));
  return after.filter(({ checker, status }) => known.has(checker) && known.get(checker) !== status);
}
