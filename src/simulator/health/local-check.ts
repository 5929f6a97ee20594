import { chance } from '../chance.ts';
import type { Cluster, HistoryEvent, LocalHealth, Probe } from '../cluster/cluster.ts';
import type { HealthAgent } from './health-agent.ts';
import { nodeProbes } from './node-probes.ts';

/** The agent looks at its own node and writes down what changed, by the node's clock (satellite.md 3, 6). */
export function localCheck(cluster: Cluster, agent: HealthAgent): void {
  agent.rounds += 1;
  const probes = nodeProbes(cluster, agent);
  const local: LocalHealth = { status: probes.some(counts) ? 'degraded' : 'running', probes };
  agent.events.push(...changes(agent, local, stampOf(cluster, agent)));
  agent.local = local;
}

/** Now by the node's own clock, in milliseconds with a fraction: agents stamp in nanoseconds. */
export function stampOf({ world }: Cluster, { node, name, rounds }: HealthAgent): number {
  const offset = world.clockOffsets.get(node.server.hostname) ?? 0;
  return Math.floor(world.clock.now() + offset) + 0.1 + chance(`${name}:${rounds}`) * 0.8;
}

/** A failed probe degrades its node unless it is a mere warning; no severity counts as critical. */
function counts({ status, severity }: Probe): boolean {
  return status === 'failed' && severity !== 'warning';
}

/** Probes that were in both results, then the node; the first result of a life tells of the node alone. */
function changes({ name, local: last }: HealthAgent, next: LocalHealth, at: number): HistoryEvent[] {
  const probes = last === null ? [] : probeChanges(last.probes, next.probes);
  const kinds = probes.map(
    ({ checker, status }): Omit<HistoryEvent, 'at'> => ({
      kind: status === 'failed' ? 'ProbeFailed' : 'ProbeSucceeded',
      data: { node: name, probe: checker },
    }),
  );
  if (last?.status !== next.status) {
    kinds.push({ kind: next.status === 'running' ? 'NodeHealthy' : 'NodeDegraded', data: { node: name } });
  }
  // Written one after the other: a few microseconds apart (recordings/satellite/history-after-docker-failed).
  return kinds.map((event, index) => ({ at: at + index * 0.006, ...event }));
}

/** Of several probes of one checker the last counts. */
function probeChanges(before: Probe[], after: Probe[]): Probe[] {
  const known = lastOfEach(before);
  return [...lastOfEach(after).values()].filter(({ checker, status }) => {
    const was = known.get(checker);
    return was !== undefined && was.status !== status;
  });
}

function lastOfEach(probes: Probe[]): Map<string, Probe> {
  return new Map(probes.map((probe) => [probe.checker, probe]));
}
