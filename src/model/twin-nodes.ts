import type { Cluster } from '../protocol/cluster.ts';
import type { Health, HealthNode, Probe } from '../protocol/health.ts';
import type { Status, StatusNode } from '../protocol/status.ts';
import type { NodesTwin } from '../protocol/twins.ts';
import { healthKnowledge, isCurrent } from './health-age.ts';
import { nodeRows } from './node-rows.ts';

type NodeTwin = NodesTwin['nodes'][number];

/** A body of the health endpoint as `nodes -o json` says it: names as the endpoint gives them. */
export function healthNodesTwin(health: Health): NodesTwin {
  return { schema: 1, state: health.state, at: health.at, nodes: health.nodes.map(healthNode) };
}

/** A saved `gravity status` as `nodes -o json` says it; it names no checkers and no time. */
export function statusNodesTwin(status: Status): NodesTwin {
  return { schema: 1, state: stateOf(status), at: null, nodes: (status.nodes ?? []).map(statusNode) };
}

/**
 * What the agent knows of the nodes: the health endpoint's word under the servers' host names, matched by address.
 * A server the endpoint does not list is shown as unknown: a dead node vanishes from there without a word
 * (satellite.md, gotcha 7). Before the first health reading `gravity status` alone tells. A reading that no longer counts
 * at `now` (epoch ms) leaves the states unknown, with the probes as they were at `at`.
 */
export function clusterNodesTwin(cluster: Cluster, now: number): NodesTwin {
  const { health, status } = cluster;
  if (health === null) {
    return status === null ? { schema: 1, state: 'unknown', at: null, nodes: [] } : statusNodesTwin(status);
  }
  const nodes = nodeRows(cluster).map(
    (row): NodeTwin => ({
      name: row.name,
      ip: row.ip === '' ? null : row.ip,
      role: row.role,
      state: isCurrent(row, cluster, now) ? row.state : 'unknown',
      probes: row.probes.map(probeTwin),
    }),
  );
  const isFresh = healthKnowledge(cluster, now).is === 'fresh';
  return { schema: 1, state: isFresh ? health.state : 'unknown', at: health.at, nodes };
}

function healthNode(node: HealthNode): NodeTwin {
  return {
    name: node.name,
    ip: node.ip,
    role: node.role,
    state: node.state,
    probes: node.probes.map(probeTwin),
  };
}

/** An absent severity of a failed probe counts as critical (satellite.md 3). */
function probeTwin({ checker, state, severity, text }: Probe): NodeTwin['probes'][number] {
  return { checker, state, severity: state === 'failed' ? (severity ?? 'critical') : severity, text };
}

function statusNode(node: StatusNode): NodeTwin {
  const failed = node.failed.map((text) => statusProbe(text, 'critical'));
  const warnings = node.warnings.map((text) => statusProbe(text, 'warning'));
  return {
    name: node.hostname,
    ip: node.ip,
    role: node.role,
    state: node.state,
    probes: [...failed, ...warnings],
  };
}

function statusProbe(text: string, severity: 'critical' | 'warning'): NodeTwin['probes'][number] {
  return { checker: null, state: 'failed', severity, text };
}

/** The text form prints no system status: then the nodes tell. */
function stateOf(status: Status): NodesTwin['state'] {
  if (status.systemStatus !== 'unknown') return status.systemStatus;
  const nodes = status.nodes ?? [];
  if (nodes.some(({ state }) => state === 'degraded' || state === 'offline')) return 'degraded';
  return nodes.length > 0 && nodes.every(({ state }) => state === 'healthy') ? 'running' : 'unknown';
}
