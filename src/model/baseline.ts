import type { Baseline } from '../protocol/baseline.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { HealthNode } from '../protocol/health.ts';
import { healthKnowledge } from './health-age.ts';
import { hostName } from './host-name.ts';
import { probeVersions } from './probe-version.ts';

export type BaselineNode = Baseline['nodes'][number];

/**
 * The baseline to take of the plan's operation at `seen` (RFC 3339): null while it has one, or while plan, status and
 * health have not all been read, or health is not of now. A node that health does not list is there as unknown.
 */
export function baselineDue(cluster: Cluster, seen: string): Baseline | null {
  const { plan, health, baseline, sources } = cluster;
  if (plan === null || health === null || health.nodes.length === 0 || baseline !== null) return null;
  const areRead = [sources.plan, sources.status, sources.health].every(
    ({ state, lastGood }) => lastGood !== null && (state === 'good' || state === 'doubtful'),
  );
  if (!areRead || healthKnowledge(cluster, Date.parse(seen)).is !== 'fresh') return null;
  const begun = plan.phases.some(({ leaf, state }) => leaf && state !== 'unstarted');
  return { operation: plan.operation.id, at: seen, begun, nodes: nodesNow(cluster) };
}

/** Every node as health has it, by its host name, then those only the plan names. */
export function nodesNow(cluster: Cluster): BaselineNode[] {
  const told = (cluster.health?.nodes ?? []).map((node) => nodeNow(cluster, node));
  const silent = (cluster.plan?.servers ?? [])
    .filter(({ hostname }) => !told.some(({ name }) => name === hostname))
    .map(({ hostname }): BaselineNode => ({ name: hostname, state: 'unknown', failed: [], versions: {} }));
  return [...told, ...silent];
}

function nodeNow(cluster: Cluster, node: HealthNode): BaselineNode {
  const failed = node.probes.filter(({ state }) => state === 'failed').map(({ checker }) => checker);
  return {
    name: hostName(cluster, node),
    state: node.state,
    failed: [...new Set(failed)].sort(),
    versions: probeVersions(node),
  };
}
