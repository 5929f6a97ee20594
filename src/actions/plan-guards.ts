import { walkExecution } from '../model/execution-walk.ts';
import { indexPlan } from '../model/phase-tree.ts';
import { reachOf } from '../model/reach.ts';
import { type Guard, refuse } from './guard.ts';
import { stopRefusal } from './phase-guards.ts';

/**
 * `plan resume` (engine-observed 6): refused where its first leaf would stop it at once. A missing update agent does
 * not: resume verifies the agents and deploys missing ones before it begins, so that is a warning (engine.md 7).
 */
export const canResume: Guard<unknown> = (cluster, _args, facts) => {
  if (cluster.plan === null) return null;
  const index = indexPlan(cluster.plan);
  const { isLocal } = reachOf(cluster, facts.agents);
  const how = { isLocal, hasNoAgent: () => false, resume: true };
  const { leaves, stop } = walkExecution(index, index.roots, how);
  if (stop === null || leaves.length > 0) return null;
  const refusal = stopRefusal({ cluster, index, facts }, stop);
  if (stop.why !== 'in-progress') return refusal;
  return refuse(
    `${refusal.sentence}; resume does not run a phase in progress on another node again (${stop.node})`,
    refusal.nextStep,
  );
};
