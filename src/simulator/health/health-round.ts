import type { Cluster } from '../cluster/cluster.ts';
import { beginCollection, endCollection } from './collect.ts';
import { answers, type HealthAgent } from './health-agent.ts';
import { localCheck } from './local-check.ts';
import { tellMasters } from './timeline.ts';

/**
 * A round of all agents out of turn, in which nobody is waited for: what somebody arranged by hand is seen at once. Left
 * alone, each looks every 30 s (health-rounds.ts).
 */
export function healthRound(cluster: Cluster): void {
  const awake = [...cluster.agents.values()].filter(looks);
  for (const agent of cluster.agents.values()) {
    if (!agent.node.up && agent.member === 'alive') agent.member = 'failed';
  }
  for (const agent of awake) localCheck(cluster, agent);
  for (const agent of awake) {
    agent.view = endCollection(beginCollection(cluster, agent));
    tellMasters(cluster, agent);
  }
}

/** Whether it gets through a round at all: without its serf it does not even look at itself (satellite.md 4). */
export function looks(agent: HealthAgent): boolean {
  return answers(agent) && agent.serf === 'alive';
}
