import type { Cluster } from '../cluster/cluster.ts';
import { dialUnanswered } from '../engine/dial.ts';
import type { Run } from '../engine/run.ts';
import { resumePlan } from '../engine/whole-plan.ts';
import type { Fault } from '../fault.ts';
import { updateAgents } from '../update-agents.ts';
import { offlineAgents } from './agent-commands.ts';

/** How long it takes to ask all update agents that answer. */
const LEAVE_MS = 1500;

/** Resumes the plan; when that completes the operation, gravity asks all update agents to leave (engine-observed 6). */
export function resumeWhole(cluster: Cluster, run: Run): Promise<Fault | null> {
  return resumePlan(run, () => dismissAgents(cluster, run));
}

/** All at once; one that does not answer is dialled for half a minute (recordings/story/33). */
async function dismissAgents(cluster: Cluster, { world, life }: Run): Promise<void> {
  const deaf = !cluster.situation.agentsLeave || offlineAgents(cluster).length > 0;
  if (deaf) await dialUnanswered(world, life);
  else await Promise.race([world.clock.sleep(LEAVE_MS), life.over]);
  if (cluster.situation.agentsLeave)
    for (const hostname of cluster.nodes.keys()) updateAgents.stop(world, hostname);
}
