import type { Cluster } from '../protocol/cluster.ts';
import type { PlanNode } from './plan-tree.ts';

/**
 * What is set on a phase or was done to it besides its state. `inside` counts the breakpoints in a group whose phases
 * do not show. `foreign`: its last change was none of our doing, and it is in progress or that is over; null: it was
 * ours, or nobody saw whose.
 */
export type PhaseFlags = {
  breakpoint: boolean;
  inside: number;
  notes: number;
  foreign: 'running' | 'changed' | null;
};

export function phaseFlags({ phase }: PlanNode, cluster: Cluster, isFolded: boolean): PhaseFlags {
  const { breakpoints, notes } = cluster;
  const within = (id: string | null) => isFolded && id?.startsWith(`${phase.id}/`) === true;
  return {
    breakpoint: breakpoints.some((one) => one.phase === phase.id),
    inside: breakpoints.filter((one) => within(one.phase)).length,
    notes: notes.filter((one) => one.phase === phase.id || within(one.phase)).length,
    foreign: foreignness(cluster, phase),
  };
}

function foreignness({ passages }: Cluster, { id, state }: PlanNode['phase']): PhaseFlags['foreign'] {
  if (passages[id]?.by !== null) return null;
  return state === 'in_progress' ? 'running' : 'changed';
}
