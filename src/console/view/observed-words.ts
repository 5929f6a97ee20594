import { observedOf } from '../../model/observed-plan.ts';
import { reachOf } from '../../model/reach.ts';
import type { Observed } from '../../protocol/observed.ts';
import type { PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';

/** Where a phase's state is known from when it is not the plan; or that the plan may not know it. Null where the plan tells. */
export function observedWords({ phase }: PlanNode, scene: Scene): string | null {
  const { cluster } = scene;
  const observed = observedOf(cluster, phase);
  if (observed !== null) return `${sourceOf(observed)}; the plan here says ${plannedState(phase.id, scene)}`;
  const isOpen = phase.leaf && phase.state !== 'completed' && phase.state !== 'in_progress';
  const isRemote = isOpen && !reachOf(cluster, null).isLocal(phase);
  return isRemote && cluster.sources.logs?.state !== 'good'
    ? `if somebody else runs it on ${phase.runsOn}, that cannot be seen from here`
    : null;
}

function sourceOf({ from, run, node, left }: Observed): string {
  const who = run === null ? 'gravity' : `run ${run}`;
  if (left === 'killed')
    return `gravity of ${who} was killed, and its part on ${node} with it: nobody runs it`;
  if (left === 'orphan') return `${who} lost its connection to ${node}: it may still run there by itself`;
  return from === 'run'
    ? `known from ${who}`
    : `known from the log of ${from === 'unit' ? 'the unit' : 'gravity'}`;
}

function plannedState(id: string, { cluster }: Scene): string {
  const state = cluster.plan?.phases.find((phase) => phase.id === id)?.state ?? 'nothing of it';
  return state.replace('_', ' ');
}
