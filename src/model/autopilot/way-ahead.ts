import type { Breakpoint } from '../../protocol/breakpoint.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { allLeaves, indexPlan } from '../phase-tree.ts';
import { workingStates } from '../working-states.ts';
import { breakpointHits, type Hit } from './breakpoint-hits.ts';
import { breakpointId } from './breakpoint-id.ts';

/** The leaves an autopilot would run in order if all goes well, and what it stops at; null: at the end of the plan. */
export type WayAhead = { leaves: string[]; stop: (Hit & { before: string }) | null };

/** Thinks ahead leaf by leaf, with what is passed already; a time to come cannot be foreseen. */
export function wayAhead(cluster: Cluster, passed: readonly string[], now: number): WayAhead {
  const leaves: string[] = [];
  for (const { next, hits } of placesAhead(cluster, now)) {
    const [stop] = hits.filter(({ key }) => !passed.includes(key));
    if (stop !== undefined) return { leaves, stop: { ...stop, before: next.id } };
    leaves.push(next.id);
  }
  return { leaves, stop: null };
}

/** The breakpoints an autopilot will stop at between here and the end of the plan, in the order they were set. */
export function breakpointsAhead(cluster: Cluster, passed: readonly string[], now: number): Breakpoint[] {
  const places = [...placesAhead(cluster, now)].flatMap(({ hits }) => hits);
  const met = new Set(
    places.filter(({ key }) => !passed.includes(key)).map(({ breakpoint }) => breakpoint.id),
  );
  const isPassed = (breakpoint: Breakpoint) =>
    passed.includes(`${breakpointId(breakpoint)} ${breakpoint.at}`);
  return cluster.breakpoints.filter((breakpoint) => {
    if (breakpoint.on === 'probe') return true;
    return breakpoint.on === 'time' ? !isPassed(breakpoint) : met.has(breakpoint.id);
  });
}

/** Every leaf that is left, with the breakpoints that say to stop before it if all went well up to there. */
function* placesAhead(cluster: Cluster, now: number): Generator<{ next: Phase; hits: Hit[] }> {
  if (cluster.plan === null) return;
  const index = indexPlan(cluster.plan);
  const working = workingStates(index);
  for (const next of allLeaves(cluster.plan)) {
    if (working.of(next.id) === 'completed') continue;
    yield {
      next,
      hits: breakpointHits(cluster.breakpoints, { index, states: working.of, next, now }),
    };
    working.set(next.id, 'completed');
  }
}
