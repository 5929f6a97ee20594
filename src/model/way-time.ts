import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import { leafTimes, type TimeFrom } from './estimate/leaf-time.ts';
import { phaseKind } from './phase-kinds.ts';

export type Way = 'execute' | 'rollback';

/** What something usually takes, ms, and what that is known from. */
export type WayTime = { p50: number; p90: number; from: TimeFrom };

/** A command of gravity that then finds nothing to do still starts and writes its states. */
const nothing = { p50: 2_000, p90: 5_000, from: 'defaults' } as const;

/**
 * What a leaf takes either way. A rollback that does something is taken to last as long as its execution: nobody has
 * measured more rollbacks than this operation's.
 */
export function wayTimes(cluster: Cluster): (leaf: Phase, way: Way) => WayTime {
  const timeOf = leafTimes(cluster);
  // Asked for both ways of the same leaves; what was learned is looked through once.
  const known = new Map<string, WayTime>();
  return (leaf, way) => {
    if (way === 'rollback' && phaseKind(leaf.kind).undoes === null) return nothing;
    const { p50, p90, from } = known.get(leaf.id) ?? timeOf(leaf);
    const time = { p50, p90, from };
    known.set(leaf.id, time);
    return time;
  };
}

/** Leaves one after the other; known from the weakest of what each is known from, null where there is none. */
export function wholeTime(times: readonly WayTime[]): WayTime | null {
  if (times.length === 0) return null;
  const sum = (of: (time: WayTime) => number) => times.reduce((all, time) => all + of(time), 0);
  const from = weakestLast.findLast((each) => times.some((time) => time.from === each)) ?? 'defaults';
  return { p50: sum(({ p50 }) => p50), p90: sum(({ p90 }) => p90), from };
}

const weakestLast: readonly TimeFrom[] = ['siblings', 'earlier', 'defaults'];
