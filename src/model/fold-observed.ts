import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { Observed } from '../protocol/observed.ts';
import { isOfPlan } from './fold-cockpit.ts';
import { afterObserved } from './fold-passage.ts';

type Observation = Extract<Event, { kind: 'phase.observed' }>;
type Changed = Extract<Event, { kind: 'phase.changed' }>;
type Reconciled = Extract<Event, { kind: 'copy.reconciled' }>;
type Touched = Extract<Event, { kind: 'phase.touched' }>;

/** The cluster with what is now known of a leaf beyond the plan; of another operation than the plan's it comes too late. */
export function foldObserved(cluster: Cluster, event: Observation): Cluster {
  if (!isOfPlan(cluster, event)) return cluster;
  const { phase, observed } = event;
  if (observed === null) return without(cluster, phase);
  const passed = afterObserved(cluster, { ...event, observed });
  return { ...passed, observed: { ...cluster.observed, [phase]: observed } };
}

/** A plan that shows the leaf's end has caught up: what was known before it is over. */
export function withoutObserved(cluster: Cluster, event: Changed | Touched): Cluster {
  const observed = cluster.observed[event.phase];
  const state = event.kind === 'phase.changed' ? event.to : event.state;
  if (observed === undefined || !hasCaughtUp(observed, { ...event, state })) return cluster;
  return without(cluster, event.phase);
}

/**
 * Whoever was left in progress or failed is over with anything the plan learns of that leaf. Of a leaf that runs, the plan
 * may just have learned how an earlier attempt ended: every command fetches that before it begins (nodes-facts 2.2).
 */
function hasCaughtUp({ state, left, since }: Observed, told: { state: string; at: string | null }): boolean {
  if (state === 'failed' || left !== undefined) return true;
  return told.state !== 'in_progress' && (told.at === null || Date.parse(told.at) >= Date.parse(since));
}

/**
 * The copy has what other nodes wrote before `at`, and was read since. What it still does not tell of a leaf that failed or
 * was left by then did not happen: a failed pre-check is written nowhere (nodes-facts 9.1).
 */
export function foldReconciled(cluster: Cluster, event: Reconciled): Cluster {
  if (!isOfPlan(cluster, event)) return cluster;
  const { at, run } = event;
  const isOver = ({ state, left, since }: Observed) =>
    (state === 'failed' || left !== undefined) && since < at;
  const kept = Object.entries(cluster.observed).filter(([, each]) => !isOver(each));
  return { ...cluster, reconciled: { at, run }, observed: Object.fromEntries(kept) };
}

function without(cluster: Cluster, phase: string): Cluster {
  if (cluster.observed[phase] === undefined) return cluster;
  const { [phase]: _, ...observed } = cluster.observed;
  return { ...cluster, observed };
}
