import { agentLife } from '../health/agent-life.ts';
import { updateAgents } from '../update-agents.ts';
import type { Cluster, ClusterNode } from './cluster.ts';

/** The power of a node's machine: everything that runs on it goes with it (engine.md 10). */
export const machine = {
  /** Processes die where they are, the unit of `plan resume` and the update agent among them. */
  stop: (cluster: Cluster, node: ClusterNode): void => {
    const { world } = cluster;
    const { hostname } = node.server;
    node.up = false;
    for (const running of world.processes) if (running.node === hostname) running.life.end();
    updateAgents.stop(world, hostname);
    agentLife.lost(cluster, node);
  },
  /** Back as it was, its update agent too: that is a service; what ran of an operation does not run again. */
  start: (cluster: Cluster, node: ClusterNode): void => {
    node.up = true;
    updateAgents.start(cluster.world, node.server.hostname);
    agentLife.mended(cluster, node);
  },
};
