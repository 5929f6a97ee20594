import type { Breakpoint, BreakpointKind } from '../../protocol/breakpoint.ts';
import type { Phase } from '../../protocol/phase.ts';
import { allLeaves, ancestorsOf, leavesOf, type PlanIndex } from '../phase-tree.ts';
import type { StateOf } from '../working-states.ts';
import { breakpointId } from './breakpoint-id.ts';

/** Where the plan stands: the leaf that would be next, and the states as they are or as they will be by then. */
export type Standing = { index: PlanIndex; states: StateOf; next: Phase; now: number };

/** A breakpoint that says stop here. `key` names it with the place, so that one let past is not met again. */
export type Hit = { key: string; breakpoint: Breakpoint; sentence: string };

type Met = { place: string; sentence: string };

/**
 * The breakpoints that say to stop before `next`, in the order they were set. One on a probe is no place in the plan: it
 * is looked at with the outages.
 */
export function breakpointHits(breakpoints: readonly Breakpoint[], standing: Standing): Hit[] {
  return breakpoints.flatMap((breakpoint) => {
    const met = meeting[breakpoint.on](standing, breakpoint);
    if (met === null) return [];
    return [{ key: `${breakpointId(breakpoint)} ${met.place}`, breakpoint, sentence: met.sentence }];
  });
}

const meeting: Record<BreakpointKind, (standing: Standing, breakpoint: Breakpoint) => Met | null> = {
  phase: (standing, { phase }) => {
    if (phase === null || !isBegunBy(standing, phase)) return null;
    return { place: phase, sentence: `breakpoint: ${phase} would begin now` };
  },
  'after-each-master': (standing) => {
    const master = masterJustDone(standing);
    if (master === null) return null;
    return {
      place: master,
      sentence: `breakpoint: ${master} is done, and ${standing.next.id} would be next`,
    };
  },
  'before-etcd': (standing) => {
    const etcd = ancestorsOf(standing.index, standing.next.id).find(({ id }) => lastName(id) === 'etcd');
    if (etcd === undefined || !isBegunBy(standing, etcd.id)) return null;
    return { place: etcd.id, sentence: `breakpoint: etcd is next, with ${standing.next.id}` };
  },
  probe: () => null,
  time: ({ now }, { at }) => {
    if (at === null || now < Date.parse(at)) return null;
    return { place: at, sentence: `breakpoint: it is past ${at}` };
  },
};

/** Whether executing the next leaf would begin this phase: the leaf itself, or a group of which nothing has run. */
function isBegunBy({ index, states, next }: Standing, phase: string): boolean {
  if (next.id === phase) return true;
  if (!next.id.startsWith(`${phase}/`)) return false;
  return leavesOf(index, phase).every(({ id }) => !['completed', 'in_progress'].includes(states(id) ?? ''));
}

/** The master whose last leaf, in plan order, is the one before the next: `/masters/X` in every hop of a plan. */
function masterJustDone({ index, states, next }: Standing): string | null {
  const leaves = allLeaves(index.plan);
  const before = leaves[leaves.findIndex(({ id }) => id === next.id) - 1];
  if (before === undefined) return null;
  const groups = [before, ...ancestorsOf(index, before.id)];
  const master = groups.find(({ parent }) => parent !== null && lastName(parent) === 'masters');
  if (master === undefined || next.id.startsWith(`${master.id}/`)) return null;
  return states(master.id) === 'completed' ? master.id : null;
}

function lastName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
