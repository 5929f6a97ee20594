import { agentLife } from '../health/agent-life.ts';
import { newHealthAgent } from '../health/health-agent.ts';
import { changedServer } from '../plan/changed-server.ts';
import type { Cluster } from './cluster.ts';
import { newNode } from './cluster-node.ts';

/** The phase that waits for planet on the joining node: the health agents know it from then on. */
const UP = '/wait/planet';

/** Lets a node that joins become one of the cluster's when its planet is up. */
export function followJoin(cluster: Cluster): void {
  const { plan, watchers } = cluster.world;
  const joining = plan.operation_type === 'operation_expand' ? changedServer(plan) : null;
  if (joining === null) return;
  watchers.add(({ id }, moment) => {
    if (id !== UP || moment !== 'executed' || cluster.nodes.has(joining.hostname)) return;
    const node = newNode(joining);
    cluster.nodes.set(joining.hostname, node);
    cluster.agents.set(joining.hostname, newHealthAgent(node, cluster.name));
    agentLife.started(cluster, node);
  });
}
