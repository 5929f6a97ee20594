import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import { ageOf } from '../age.ts';
import { type Decision, holdFor, waitFor } from './decision.ts';
import { leafOf, ownRuns } from './own-runs.ts';

/** Never on a stale plan: it must have been read in this life of the agent, lately, and after the last step. */
export function staleRule(cluster: Cluster, pilot: Autopilot, now: number): Decision | null {
  const { plan } = cluster.sources;
  if (plan.state === 'never') return waitFor('waits for the first reading of the plan');
  const [run] = ownRuns(cluster, pilot);
  if (plan.state === 'failing' || ageOf(plan, now).stale) {
    const why = plan.problem === null ? '' : `: ${plan.problem.sentence}`;
    return waitFor(`waits: the plan could not be read since ${plan.lastGood ?? 'the beginning'}${why}`);
  }
  if (run?.finishedAt && Date.parse(plan.lastGood ?? '') <= Date.parse(run.finishedAt))
    return waitFor(`waits for the plan to be read after ${leafOf(run)}`, leafOf(run));
  return null;
}

/** Never past a failure, whosever it is; one that was confirmed is executed again. */
export function failureRule(cluster: Cluster, pilot: Autopilot): Decision | null {
  const failed = cluster.plan?.phases.find(
    ({ leaf, state, id }) => leaf && state === 'failed' && !pilot.accepted.includes(id),
  );
  if (!failed) return null;
  return holdFor('failure', `${failed.id} failed: ${failed.error ?? 'no error was recorded'}`, failed.id);
}
