import type { Cluster } from '../cluster/cluster.ts';

/** How the health endpoint of a node meets whoever asks. */
export type Reach = 'answers' | 'hangs' | 'refuses';

/** Nobody listens where the agent or its machine is down; a frozen one lets everybody wait (satellite.md, gotcha 20). */
export function reachOf({ agents, host: own, situation }: Cluster, host: string = own): Reach {
  const agent = agents.get(host);
  if (agent === undefined || !agent.node.up) return 'refuses';
  if (host === own && !situation.healthAnswers) return 'refuses';
  if (agent.process === 'stopped') return 'refuses';
  return agent.process === 'frozen' ? 'hangs' : 'answers';
}
