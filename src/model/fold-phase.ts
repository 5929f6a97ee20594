import type { Cluster } from '../protocol/cluster.ts';
import type { Phase, PhaseState } from '../protocol/phase.ts';
import { groupState } from './group-state.ts';

type Change = { phase: string; state: PhaseState; at: string | null; error: string | null };

/** The plan with one phase moved and its groups' states computed anew; without that phase, the same cluster. */
export function foldPhase(cluster: Cluster, change: Change): Cluster {
  const { plan } = cluster;
  const at = plan?.phases.findIndex(({ id }) => id === change.phase) ?? -1;
  const phase = plan?.phases[at];
  if (plan === null || phase === undefined) return cluster;
  // A group's state is derived, whatever was written on it (engine-observed 1: `plan set` on a composite is ignored).
  const state = phase.leaf ? change.state : phase.state;
  const phases = plan.phases.with(at, { ...phase, state, updated: change.at, error: change.error });
  if (state !== phase.state) regroup(phases, phase.parent);
  return { ...cluster, plan: { ...plan, phases } };
}

/** Works upwards in place on a fresh list; stops where a group keeps its state. */
function regroup(phases: Phase[], from: string | null): void {
  for (let id = from; id !== null; ) {
    const at = phases.findIndex((phase) => phase.id === id);
    const group = phases[at];
    if (group === undefined) return;
    const state = groupState(statesOfChildren(phases, group.id));
    if (state === group.state) return;
    phases[at] = { ...group, state };
    id = group.parent;
  }
}

function statesOfChildren(phases: readonly Phase[], id: string): PhaseState[] {
  const states: PhaseState[] = [];
  for (const phase of phases) if (phase.parent === id) states.push(phase.state);
  return states;
}
