import type { Cluster } from '../cluster/cluster.ts';
import { newRun } from '../engine/run.ts';
import { type Fault, fault } from '../fault.ts';
import { newLife } from '../life.ts';
import { resumeWhole } from './resume-whole.ts';

/** Starts `gravity plan resume --block` in its transient unit: the only thing gravity refuses to run twice. */
export function startResumeUnit(cluster: Cluster, node: string): Fault | null {
  if (cluster.world.plan.phases.length === 0) return fault('there is no plan to resume');
  if (cluster.resumeUnit !== null) return fault('service gravity-resume.service is already running');
  const life = newLife();
  const running = { node, life };
  cluster.resumeUnit = life;
  cluster.world.processes.add(running);
  void resumeWhole(
    cluster,
    newRun(cluster.world, node, life, () => {}),
  ).then(() => {
    cluster.resumeUnit = null;
    cluster.world.processes.delete(running);
  });
  return null;
}
