import { meantOperation } from '../model/active-operation.ts';
import { walkExecution } from '../model/execution-walk.ts';
import { operationName } from '../model/operation-name.ts';
import { allLeaves, indexPlan } from '../model/phase-tree.ts';
import { reachOf } from '../model/reach.ts';
import { walkRollback } from '../model/rollback-walk.ts';
import { type Guard, refuse } from './guard.ts';
import { dependentsRefusal, stopRefusal } from './phase-guards.ts';

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
  const refusal = stopRefusal(index, stop);
  if (stop.why !== 'in-progress') return refusal;
  return refuse(
    `${refusal.sentence}: it runs on ${stop.node}, and resume passes --force on to no other node`,
    `if nobody is running it any more, force it: phase.force --phase ${stop.phase}`,
  );
};

/** `gravity rollback`: update, environment and configuration only (recording story/a4). */
export const canRollBackAll: Guard<unknown> = (cluster) => {
  const type = meantOperation(cluster)?.type ?? null;
  if (type !== null && !rollsBackWhole.includes(type)) {
    return refuse(
      `Operation "${operationName(type)}" does not support automatic rollback`,
      'complete the operation: operation.complete',
    );
  }
  if (cluster.plan === null) return null;
  const { leaves, stop } = walkRollback(indexPlan(cluster.plan), allLeaves(cluster.plan));
  return stop && leaves.length === 0 ? dependentsRefusal(stop.phase, stop.dependents) : null;
};

/** The dry run skips the dependents check (engine-observed 5), so only the type counts. */
export const canPreviewRollback: Guard<unknown> = (cluster) => {
  const type = meantOperation(cluster)?.type ?? null;
  if (type === null || rollsBackWhole.includes(type)) return null;
  return refuse(
    `Operation "${operationName(type)}" does not support automatic rollback`,
    'complete the operation: operation.complete',
  );
};

const rollsBackWhole: readonly string[] = [
  'operation_update',
  'operation_update_environ',
  'operation_update_config',
];
