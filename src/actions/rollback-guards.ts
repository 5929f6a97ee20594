import { dependentsOf } from '../model/dependents.ts';
import { allLeaves, indexPlan, leavesFrom, leavesOf } from '../model/phase-tree.ts';
import { reachOf } from '../model/reach.ts';
import { type RollbackWalk, walkRollback } from '../model/rollback-walk.ts';
import { type Guard, refuse } from './guard.ts';
import { aboutPhase, type PhaseKnown } from './phase-guards.ts';
import type { Refusal } from './row.ts';

/** `plan rollback --phase=X` (engine-observed 4); of a group each leaf in reverse by the same rules. */
export const canRollBack: Guard<{ phase: string }> = aboutPhase((known) => {
  const { index, phase } = known;
  if (phase.state === 'unstarted') {
    return refuse(`phase "${phase.id}" hasn't been executed yet`, 'there is nothing to roll back');
  }
  if (phase.state === 'rolled_back') {
    return refuse(`phase "${phase.id}" has already been rolled back`, 'there is nothing to roll back');
  }
  if (phase.leaf) {
    const dependents = dependentsOf(index, phase.id);
    if (dependents.length > 0) return dependentsRefusal(phase.id, dependents);
  }
  return walkRefusal(known, walkRollback(index, leavesOf(index, phase.id)));
});

/** Everything from a phase on, leaf by leaf in reverse, each by the rules of a single one. */
export const canRollBackTo: Guard<{ phase: string }> = aboutPhase((known) => {
  const { index, phase } = known;
  const walk = walkRollback(index, leavesFrom(index, phase.id));
  if (walk.leaves.length > 0 || walk.stop !== null) return walkRefusal(known, walk);
  return refuse(
    `nothing from phase "${phase.id}" on has been executed, or all of it has already been rolled back`,
    'there is nothing to roll back',
  );
});

/** `gravity rollback`; its dry run skips the dependents check (engine-observed 5). */
export const canRollBackAll: Guard<unknown> = (cluster) => {
  if (cluster.plan === null) return null;
  const { leaves, stop } = walkRollback(indexPlan(cluster.plan), allLeaves(cluster.plan));
  return stop && leaves.length === 0 ? dependentsRefusal(stop.phase, stop.dependents) : null;
};

/** Where a row of leaves cannot be rolled back at all: a dependent outside of it, or nobody to do the first. */
function walkRefusal({ cluster, index, facts }: PhaseKnown, { leaves, stop }: RollbackWalk): Refusal | null {
  if (stop) return dependentsRefusal(stop.phase, stop.dependents);
  const first = index.byId.get(leaves[0] ?? '');
  const reach = reachOf(cluster, facts.agents);
  if (!first || reach.isLocal(first) || !reach.hasNoAgent(first)) return null;
  return refuse(
    `Node ${first.runsOn} does not appear to have an upgrade agent running so phase "${first.id}" rollback cannot be performed remotely from this node`,
    'deploy the update agents: agent.deploy',
  );
}

/** Named one by one up to here: a sentence stays under 500 characters (design 7). */
const namedAtMost = 10;

/** Gravity's own sentence and list, without the advice to force: groups among them go leaf by leaf as well. */
export function dependentsRefusal(phase: string, dependents: readonly string[]): Refusal {
  const named = dependents.slice(0, namedAtMost);
  const more = dependents.length - named.length;
  return refuse(
    `Phase ${phase} cannot be rolled back because some phases that depend on it haven't been rolled back yet: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    `roll back ${dependents.at(-1)} first`,
  );
}
