import type { Cluster } from '../protocol/cluster.ts';
import type { HealthNode, NodeState, Probe } from '../protocol/health.ts';
import type { StatusNode } from '../protocol/status.ts';
import type { UpdateAgent } from '../protocol/update-agent.ts';
import { isStatusNewer } from './health-age.ts';

/**
 * One node, as all sources together know it. `state` is the health endpoint's, unless status is newer and health does not
 * count (health-age.ts).
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
  /** Whose word `state` is; null where neither has spoken. */
  from: 'health' | 'status' | null;
  vanished: boolean;
  /** How serf knows a node that did not answer: `alive`, `failed`; null where nothing tells. */
  member: string | null;
  probes: readonly Probe[];
  critical: number | null;
  warnings: number | null;
  access: StatusNode['access'];
  agent: UpdateAgent | null;
  contradictions: readonly string[];
  /** Two different words on its state, where both count. */
  disagree: { status: NodeState; health: NodeState } | null;
};

/**
 * Every node any source names, masters first in the plan's order, then those of status, then those health alone has. With
 * `word` health the state is what health said last, however old, and never what status says instead.
 */
export function nodeRows(cluster: Cluster, word: 'newest' | 'health' = 'newest'): NodeRow[] {
  const isOutdated = word === 'newest' && isStatusNewer(cluster);
  return namesOf(cluster).map((named) => nodeRow(cluster, named, isOutdated));
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

function nodeRow(cluster: Cluster, named: Named, isStatusFirst: boolean): NodeRow {
  const server = cluster.plan?.servers.find((each) => isSame(named, each.hostname, each.ip));
  const listed = cluster.status?.nodes?.find((each) => isSame(named, each.hostname, each.ip));
  const status = listed && !hasAsked(cluster.status) ? { ...listed, state: 'unknown' as const } : listed;
  const health = cluster.health?.nodes.find((each) => isSame(named, each.name, each.ip));
  const spoken = (cluster.health?.nodes.length ?? 0) > 0;
  const isOutdated = isStatusFirst && status !== undefined && status.state !== 'unknown';
  const disagree = isOutdated ? null : disagreement(health, status);
  const vanished = spoken && health === undefined && !isOutdated;
  return {
    name: named.name,
    ip: named.ip,
    serf: health?.name ?? named.serf ?? null,
    role: server?.role ?? status?.role ?? health?.role ?? null,
    profile: server?.profile ?? status?.profile ?? null,
    ...stateOf({ health, status, vanished, isOutdated }),
    vanished,
    member: health?.member ?? null,
    probes: health?.probes ?? [],
    ...failures(isOutdated ? undefined : health, status),
    access: status?.access ?? 'unknown',
    agent: cluster.agents?.find((each) => isSame(named, each.hostname, each.ip)) ?? null,
    disagree,
    contradictions:
      disagree === null
        ? []
        : [`status says ${disagree.status}, the health endpoint says ${disagree.health}`],
  };
}

/**
 * Whether gravity status heard any health agent. It asks the one of its own node alone: where that is down, or has just
 * started, every node is offline in it, which says nothing of any.
 */
function hasAsked(status: Cluster['status']): boolean {
  return status?.nodes?.some(({ state }) => state === 'healthy' || state === 'degraded') ?? false;
}

type Words = {
  health: HealthNode | undefined;
  status: StatusNode | undefined;
  vanished: boolean;
  isOutdated: boolean;
};

function stateOf({ health, status, vanished, isOutdated }: Words): Pick<NodeRow, 'state' | 'from'> {
  if (isOutdated && status !== undefined) return { state: status.state, from: 'status' };
  if (vanished) return { state: 'unknown', from: 'health' };
  if (health !== undefined) return { state: health.state, from: 'health' };
  return status === undefined ? { state: 'unknown', from: null } : { state: status.state, from: 'status' };
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
function disagreement(health: HealthNode | undefined, status: StatusNode | undefined): NodeRow['disagree'] {
  if (!health || !status || health.state === 'unknown' || status.state === 'unknown') return null;
  return health.state === status.state ? null : { status: status.state, health: health.state };
}
