import { agentLife } from '../health/agent-life.ts';
import type { Cluster, ClusterNode } from './cluster.ts';

/** The power of a node's machine: everything that runs on it goes with it (engine.md 10). */
export const machine = {
  /** Processes die where they are, the unit of `plan resume` and the update agent among them. */
  stop: (cluster: Cluster, node: ClusterNode): void => {
    const { world } = cluster;
    const { hostname } = node.server;
    node.up = false;
    world.agentsDown.add(hostname);
    for (const running of world.processes) if (running.node === hostname) running.life.end();
    if (hostname === cluster.host) cluster.resumeUnit?.end();
    agentLife.lost(cluster, node);
  },
  /** Back as it was, its update agent too: that is a service; what ran of an operation does not run again. */
  start: (cluster: Cluster, node: ClusterNode): void => {
    node.up = true;
    cluster.world.agentsDown.delete(node.server.hostname);
    agentLife.mended(cluster, node);
  },
};
