import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { phaseKind } from '../phase-kinds.ts';
import { outageLimit } from './limits.ts';

/** The agent reads a plan every two to six seconds: a phase may have begun so much earlier than it was seen to. */
const seenLate = 10_000;

/** When phases began at the earliest, epoch ms. */
export type Beginnings = {
  /** Of a leaf that is in progress or over; null where nothing tells. */
  of(leaf: Phase): number | null;
  /** Of a leaf that ended at this instant. */
  before(leaf: Phase, end: number): number;
};

/**
 * Gravity's stamp tells when a leaf in progress began. The stamp of one that is over is of its end, and what was seen of
 * it is late. Where nobody saw it begin, the run of ours that did it tells; else it began after the leaf that ended
 * before it, and no longer ago than its outage may last.
 */
export function beginnings(cluster: Cluster): Beginnings {
  const ends = (cluster.plan?.phases ?? []).flatMap((leaf) => endOf(cluster, leaf) ?? []);
  const before = (leaf: Phase, end: number): number => {
    const run = startOfRun(cluster, leaf, end);
    if (run !== null) return run;
    const limit = end - outageLimit(phaseKind(leaf.kind).p90);
    return ends.reduce((last, each) => (each < end && each > last ? each : last), limit);
  };
  return {
    before: (leaf, end) => seenFrom(cluster, leaf, end) ?? before(leaf, end),
    of(leaf) {
      const { began = null } = cluster.passages[leaf.id] ?? {};
      if (leaf.state === 'in_progress') return earliest(began, leaf.updated);
      if (began !== null) return Date.parse(began) - seenLate;
      const end = endOf(cluster, leaf);
      return end === null ? null : before(leaf, end);
    },
  };
}

/** A passage that is under way, or ended no earlier than this. */
function seenFrom({ passages }: Cluster, { id }: Phase, end: number): number | null {
  const { began = null, ended = null } = passages[id] ?? {};
  if (began === null || Date.parse(began) > end) return null;
  return ended === null || Date.parse(ended) >= end - seenLate ? Date.parse(began) - seenLate : null;
}

function endOf({ passages }: Cluster, { leaf, id, state, updated }: Phase): number | null {
  if (!leaf || state === 'unstarted' || state === 'in_progress') return null;
  return earliest(passages[id]?.ended ?? null, updated);
}

/** A run of this very leaf that had begun by then and was not over. */
function startOfRun({ runs }: Cluster, { id }: Phase, end: number): number | null {
  const run = runs.find(({ steps, startedAt, finishedAt }) => {
    if (steps.length !== 1 || steps[0]?.phase !== id || startedAt === null) return false;
    return Date.parse(startedAt) <= end && (finishedAt === null || Date.parse(finishedAt) >= end - seenLate);
  });
  return run?.startedAt ? Date.parse(run.startedAt) : null;
}

function earliest(...instants: (string | null)[]): number | null {
  const known = instants.filter((each) => each !== null).map((each) => Date.parse(each));
  return known.length === 0 ? null : Math.min(...known);
}
