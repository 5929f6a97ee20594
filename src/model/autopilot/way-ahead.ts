import type { Cluster } from '../../protocol/cluster.ts';
import { allLeaves, indexPlan } from '../phase-tree.ts';
import { workingStates } from '../working-states.ts';
import { breakpointHits, type Hit } from './breakpoint-hits.ts';

/** The leaves an autopilot would run in order if all goes well, and what it stops at; null: at the end of the plan. */
export type WayAhead = { leaves: string[]; stop: (Hit & { before: string }) | null };

/** Thinks ahead leaf by leaf, with what is passed already; a time to come cannot be foreseen. */
export function wayAhead(cluster: Cluster, passed: readonly string[], now: number): WayAhead {
  const leaves: string[] = [];
  if (cluster.plan === null) return { leaves, stop: null };
  const index = indexPlan(cluster.plan);
  const working = workingStates(index);
  for (const next of allLeaves(cluster.plan)) {
    if (working.of(next.id) === 'completed') continue;
    const hits = breakpointHits(cluster.breakpoints, { index, states: working.of, next, now });
    const [stop] = hits.filter(({ key }) => !passed.includes(key));
    if (stop !== undefined) return { leaves, stop: { ...stop, before: next.id } };
    leaves.push(next.id);
    working.set(next.id, 'completed');
  }
  return { leaves, stop: null };
}
