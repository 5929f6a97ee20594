import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import { isOfPlan } from './fold-cockpit.ts';

type Observation = Extract<Event, { kind: 'phase.observed' }>;
type Changed = Extract<Event, { kind: 'phase.changed' }>;

/** The cluster with what is now known of a leaf beyond the plan; of another operation than the plan's it comes too late. */
export function foldObserved(cluster: Cluster, event: Observation): Cluster {
  if (!isOfPlan(cluster, event)) return cluster;
  if (event.observed === null) return without(cluster, event.phase);
  return { ...cluster, observed: { ...cluster.observed, [event.phase]: event.observed } };
}

/** A plan that shows the leaf's end has caught up: what was known before it is over. */
export function withoutObserved(cluster: Cluster, { phase, to }: Changed): Cluster {
  return to === 'in_progress' ? cluster : without(cluster, phase);
}

function without(cluster: Cluster, phase: string): Cluster {
  if (cluster.observed[phase] === undefined) return cluster;
  const { [phase]: _, ...observed } = cluster.observed;
  return { ...cluster, observed };
}
