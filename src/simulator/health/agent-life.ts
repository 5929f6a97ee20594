import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import type { HealthAgent } from './health-agent.ts';

/** What can happen to the health agent of a node and to the serf beside it; whoever watches lives is told. */
export const agentLife = {
  /** Its machine or its planet went: agent and serf with it. */
  lost: (cluster: Cluster, node: ClusterNode): void =>
    change(cluster, node, (agent) => {
      agent.process = 'stopped';
      agent.life += 1;
    }),
  /** A new life: nothing is known yet, what was written stays. */
  started: (cluster: Cluster, node: ClusterNode): void => change(cluster, node, begin),
  /** Stopped in its tracks by a signal: it listens and answers nobody. */
  frozen: (cluster: Cluster, node: ClusterNode): void =>
    change(cluster, node, (agent) => {
      agent.process = 'frozen';
    }),
  /** Its own serf died: it serves for ever what it served last. */
  serfDied: (cluster: Cluster, node: ClusterNode): void =>
    change(cluster, node, (agent) => {
      agent.serf = 'dead';
    }),
  /** It said goodbye: it is in nobody's list, and nothing says so (satellite.md, gotcha 7). */
  left: (cluster: Cluster, node: ClusterNode): void =>
    change(cluster, node, (agent) => {
      agent.member = 'left';
      agent.serf = 'dead';
    }),
  /** As it should be: one that was frozen goes on, one that was gone begins anew. */
  mended: (cluster: Cluster, node: ClusterNode): void =>
    change(cluster, node, (agent) => {
      if (agent.process === 'stopped') begin(agent);
      agent.process = 'running';
      agent.serf = 'alive';
      agent.member = 'alive';
    }),
};

function begin(agent: HealthAgent): void {
  agent.process = 'running';
  agent.serf = 'alive';
  agent.member = 'alive';
  agent.life += 1;
  agent.local = null;
  agent.view = null;
}

function change(cluster: Cluster, node: ClusterNode, how: (agent: HealthAgent) => void): void {
  const agent = cluster.agents.get(node.server.hostname);
  if (agent === undefined) return;
  how(agent);
  for (const heed of cluster.lives) heed(agent);
}
