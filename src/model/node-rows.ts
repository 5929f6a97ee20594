import type { Cluster } from '../protocol/cluster.ts';
import type { HealthNode, NodeState, Probe } from '../protocol/health.ts';
import type { StatusNode } from '../protocol/status.ts';
import type { UpdateAgent } from '../protocol/update-agent.ts';

/**
 * One node, as all sources together know it. `state` is the health endpoint's where it has spoken, else status's.
 * `serf` is the name the endpoint and its history use. `critical` and `warnings` count failed probes, null when no
 * source told. `vanished`: expected by the plan or by status, and no longer listed by the endpoint.
 */
export type NodeRow = {
  name: string;
  ip: string;
  serf: string | null;
  role: string | null;
  profile: string | null;
  state: NodeState;
  vanished: boolean;
  probes: readonly Probe[];
  critical: number | null;
  warnings: number | null;
  access: StatusNode['access'];
  agent: UpdateAgent | null;
  contradictions: readonly string[];
};

/** Every node any source names, masters first in the plan's order, then those of status, then those health alone has. */
export function nodeRows(cluster: Cluster): NodeRow[] {
  return namesOf(cluster).map((named) => nodeRow(cluster, named));
}

type Named = { name: string; ip: string; serf?: string };

function namesOf(cluster: Cluster): Named[] {
  const planned = (cluster.plan?.servers ?? []).toSorted(
    (a, b) => Number(b.role === 'master') - Number(a.role === 'master'),
  );
  const names: Named[] = planned.map((server) => ({ name: server.hostname, ip: server.ip }));
  for (const node of cluster.status?.nodes ?? []) {
    if (!names.some((each) => isSame(each, node.hostname, node.ip))) {
      names.push({ name: node.hostname, ip: node.ip });
    }
  }
  for (const node of cluster.health?.nodes ?? []) {
    if (!names.some((each) => isSame(each, node.name, node.ip))) {
      names.push({ name: node.name, ip: node.ip ?? '', serf: node.name });
    }
  }
  return names;
}

/** The endpoint knows serf names, the others host names: the address joins them, the name where there is none. */
function isSame(named: Named, name: string, ip: string | null): boolean {
  return ip !== null && ip !== '' && named.ip !== '' ? named.ip === ip : named.name === name;
}

function nodeRow(cluster: Cluster, named: Named): NodeRow {
  const server = cluster.plan?.servers.find((each) => isSame(named, each.hostname, each.ip));
  const status = cluster.status?.nodes?.find((each) => isSame(named, each.hostname, each.ip));
  const health = cluster.health?.nodes.find((each) => isSame(named, each.name, each.ip));
  const spoken = (cluster.health?.nodes.length ?? 0) > 0;
  const vanished = spoken && health === undefined;
  return {
    name: named.name,
    ip: named.ip,
    serf: health?.name ?? named.serf ?? null,
    role: server?.role ?? status?.role ?? health?.role ?? null,
    profile: server?.profile ?? status?.profile ?? null,
    state: vanished ? 'unknown' : (health?.state ?? status?.state ?? 'unknown'),
    vanished,
    probes: health?.probes ?? [],
    ...failures(health, status),
    access: status?.access ?? 'unknown',
    agent: cluster.agents?.find((each) => isSame(named, each.hostname, each.ip)) ?? null,
    contradictions: contradictions(health, status),
  };
}

/** A failed probe without a severity counts as critical (satellite.md 3). */
function failures(
  health: HealthNode | undefined,
  status: StatusNode | undefined,
): Pick<NodeRow, 'critical' | 'warnings'> {
  if (health === undefined || health.probes.length === 0) {
    return { critical: status?.failed.length ?? null, warnings: status?.warnings.length ?? null };
  }
  const failed = health.probes.filter((probe) => probe.state === 'failed');
  const warnings = failed.filter((probe) => probe.severity === 'warning').length;
  return { critical: failed.length - warnings, warnings };
}

/** Two sources that disagree are both shown: they are up to a minute apart, and either may be the stale one. */
function contradictions(health: HealthNode | undefined, status: StatusNode | undefined): string[] {
  if (!health || !status || health.state === 'unknown' || status.state === 'unknown') return [];
  if (health.state === status.state) return [];
  return [`status says ${status.state}, the health endpoint says ${health.state}`];
}
