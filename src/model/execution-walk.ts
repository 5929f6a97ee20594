import type { Phase } from '../protocol/phase.ts';
import { childrenOf, type PlanIndex } from './phase-tree.ts';
import { unmetRequirements } from './requirements.ts';
import { type WorkingStates, workingStates } from './working-states.ts';

/** Why an execution stops at a phase: gravity's own checks that can be foreseen (engine-observed 2 and 6). */
export type Stop =
  | { phase: string; why: 'in-progress'; node: string | null }
  | { phase: string; why: 'requires'; required: string }
  | { phase: string; why: 'no-agent'; node: string };

/** The leaves that will be executed if each succeeds, in order, and where it stops for a reason known beforehand. */
export type Walk = { leaves: string[]; stop: Stop | null };

/** Where a leaf would run: here, or through the update agent of a node that may be known to have none. */
export type Reach = { isLocal(phase: Phase): boolean; hasNoAgent(phase: Phase): boolean };

/**
 * Thinks an execution through as gravity does: completed phases are skipped silently, an in-progress leaf stops it
 * (with `resume` only a remote one: the remote command carries neither --force nor resume), then the requirements of
 * the phase and of every group above, then the children in order. The first stop ends it; of a parallel group the
 * siblings go on. `from` is one phase, or for a whole-plan run every root in turn.
 */
export function walkExecution(
  index: PlanIndex,
  from: readonly Phase[],
  how: Reach & { resume: boolean },
): Walk {
  const walk: Walker = { index, how, states: workingStates(index), leaves: [] };
  for (const phase of from) {
    const stop = visit(walk, phase);
    if (stop) return { leaves: walk.leaves, stop };
  }
  return { leaves: walk.leaves, stop: null };
}

type Walker = {
  index: PlanIndex;
  how: Reach & { resume: boolean };
  states: WorkingStates;
  leaves: string[];
};

function visit(walk: Walker, phase: Phase): Stop | null {
  const { index, how, states } = walk;
  const state = states.of(phase.id);
  if (state === 'completed') return null;
  if (phase.leaf && state === 'in_progress' && !(how.resume && how.isLocal(phase))) {
    return { phase: phase.id, why: 'in-progress', node: phase.runsOn };
  }
  const [required] = unmetRequirements(index, phase.id, states.of);
  if (required !== undefined) return { phase: phase.id, why: 'requires', required };
  return phase.leaf ? visitLeaf(walk, phase) : visitGroup(walk, phase);
}

function visitLeaf(walk: Walker, phase: Phase): Stop | null {
  if (phase.runsOn !== null && !walk.how.isLocal(phase) && walk.how.hasNoAgent(phase)) {
    return { phase: phase.id, why: 'no-agent', node: phase.runsOn };
  }
  walk.leaves.push(phase.id);
  walk.states.set(phase.id, 'completed');
  return null;
}

function visitGroup(walk: Walker, group: Phase): Stop | null {
  let first: Stop | null = null;
  for (const child of childrenOf(walk.index, group.id)) {
    const stop = visit(walk, child);
    first ??= stop;
    if (stop && !group.parallel) return stop;
  }
  return first;
}
