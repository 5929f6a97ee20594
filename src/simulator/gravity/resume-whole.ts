import type { Cluster } from '../cluster/cluster.ts';
import type { Run } from '../engine/run.ts';
import { resumePlan } from '../engine/whole-plan.ts';
import type { Fault } from '../fault.ts';

/** Resumes the plan; when that completes the operation, gravity asks all update agents to leave (engine-observed 6). */
export async function resumeWhole(cluster: Cluster, run: Run): Promise<Fault | null> {
  const failed = await resumePlan(run);
  if (failed !== null || cluster.world.operation.state !== 'completed') return failed;
  for (const hostname of cluster.nodes.keys()) cluster.world.agentsDown.add(hostname);
  return null;
}
