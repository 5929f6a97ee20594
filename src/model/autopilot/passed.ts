import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import { nextLeaf } from '../next-leaf.ts';
import { indexPlan, leavesOf, type PlanIndex } from '../phase-tree.ts';
import { breakpointHits, type Hit } from './breakpoint-hits.ts';

/** The breakpoints that say to stop where the plan stands now. */
export function hitsNow(cluster: Cluster, now: number): Hit[] {
  const next = cluster.plan && nextLeaf(cluster.plan);
  if (!cluster.plan || !next) return [];
  const index = indexPlan(cluster.plan);
  const states = (id: string) => index.byId.get(id)?.state ?? null;
  return breakpointHits(cluster.breakpoints, { index, states, next, now });
}

/**
 * What a newly armed autopilot is past: a master that was done before is no reason to hold. A phase that has yet to
 * begin is, even if it comes first.
 */
export function passedWhenArmed(cluster: Cluster, now: number): string[] {
  return hitsNow(cluster, now).flatMap(({ key, breakpoint }) =>
    breakpoint.on === 'after-each-master' ? [key] : [],
  );
}

/**
 * What it is past once resumed: the breakpoint it is paused at, while the plan still stands there, and those passed before
 * that a rollback has not put ahead again. One it never paused at stops it, also where it was paused for another reason.
 */
export function passedWhenLetOn(cluster: Cluster, pilot: Autopilot, now: number): string[] {
  if (cluster.plan === null) return [];
  const index = indexPlan(cluster.plan);
  const kept = pilot.passed.filter((key) => !isAheadAgain(index, key));
  const met = hitsNow(cluster, now).filter(({ breakpoint }) => isPausedAt(cluster, pilot, breakpoint.id));
  return [...new Set([...kept, ...met.map(({ key }) => key)])];
}

function isPausedAt({ plan }: Cluster, { hold, breakpoint, phase }: Autopilot, id: string): boolean {
  return hold === 'breakpoint' && breakpoint === id && phase === (plan && nextLeaf(plan)?.id);
}

function isAheadAgain(index: PlanIndex, key: string): boolean {
  const place = key.slice(key.indexOf(' ') + 1);
  if (!index.byId.has(place)) return false;
  if (key.startsWith('after-each-master ')) return index.byId.get(place)?.state !== 'completed';
  return leavesOf(index, place).every(({ state }) => state === 'unstarted' || state === 'rolled_back');
}
