import type { Cluster } from '../protocol/cluster.ts';
import type { Observed } from '../protocol/observed.ts';
import type { Phase, PhaseState } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';
import { foldPhase } from './fold-phase.ts';

type Known = Pick<Cluster, 'observed'>;

/** What is known of a leaf beyond the plan, null where nothing is. */
export function observedOf({ observed }: Known, leaf: Pick<Phase, 'id'>): Observed | null {
  return observed[leaf.id] ?? null;
}

/** What is known of a leaf that is seen to run beyond the plan, null when nobody is known to run it. */
export function observedRunning(cluster: Known, leaf: Pick<Phase, 'id'>): Observed | null {
  const observed = observedOf(cluster, leaf);
  return observed?.state === 'in_progress' && observed.left === undefined ? observed : null;
}

/** What is known of a leaf that was left in progress on its node by who ran it; null for every other leaf. */
export function leftBehind(cluster: Known, leaf: Pick<Phase, 'id'>): Observed | null {
  const observed = observedOf(cluster, leaf);
  return observed?.left === undefined ? null : observed;
}

/** The state a leaf is in as far as anybody knows: what runs and what failed remotely count before the plan. */
export function knownState(cluster: Known, leaf: Phase): PhaseState {
  return observedOf(cluster, leaf)?.state ?? leaf.state;
}

/** The plan with the known state of every leaf, groups by gravity's rule; the very plan where nothing is known beyond it. */
export function knownPlan(cluster: Cluster): Plan | null {
  const known = Object.entries(cluster.observed).reduce(
    (folded, [phase, { state, since, error }]) => foldPhase(folded, { phase, state, at: since, error }),
    cluster,
  );
  return known.plan;
}
