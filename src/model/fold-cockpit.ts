import type { Breakpoint } from '../protocol/breakpoint.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Note } from '../protocol/note.ts';
import type { Plan } from '../protocol/plan.ts';
import { bounds } from './bounds.ts';
import { durationSamples } from './duration-samples.ts';

/**
 * The cluster with another plan. What was seen of the leaves, notes, breakpoints, autopilot and baseline are about one
 * operation: another one begins with nothing, and what the leaves of the one before took is kept to learn from.
 */
export function withPlan(cluster: Cluster, plan: Plan | null): Cluster {
  const id = plan?.operation.id ?? null;
  if (id !== null && id === (cluster.plan?.operation.id ?? null)) return { ...cluster, plan };
  return {
    ...cluster,
    plan,
    passages: {},
    earlier: [...cluster.earlier, ...durationSamples(cluster)].slice(-bounds.samples),
    notes: [],
    breakpoints: [],
    autopilot: null,
    baseline: null,
    observed: {},
    reconciled: null,
  };
}

/** Notes in the order they were written, bounded. */
export function withNote(cluster: Cluster, note: Note): Cluster {
  if (!isOfPlan(cluster, note)) return cluster;
  return { ...cluster, notes: [...cluster.notes, note].slice(-bounds.notes) };
}

/** A breakpoint set again takes the place of the one before. */
export function withBreakpoint(cluster: Cluster, breakpoint: Breakpoint): Cluster {
  if (!isOfPlan(cluster, breakpoint)) return cluster;
  const others = cluster.breakpoints.filter(({ id }) => id !== breakpoint.id);
  return { ...cluster, breakpoints: [...others, breakpoint].slice(-bounds.breakpoints) };
}

export function withoutBreakpoint(cluster: Cluster, id: string): Cluster {
  const breakpoints = cluster.breakpoints.filter((each) => each.id !== id);
  return breakpoints.length === cluster.breakpoints.length ? cluster : { ...cluster, breakpoints };
}

/** What is about another operation than the plan's comes too late. */
export function isOfPlan({ plan }: Cluster, { operation }: { operation: string | null }): boolean {
  return operation === (plan?.operation.id ?? null);
}
