import type { Cluster } from '../../protocol/cluster.ts';
import type { Observed } from '../../protocol/observed.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Run } from '../../protocol/run.ts';
import { observedOf, observedRunning } from '../observed-plan.ts';
import { phaseKind } from '../phase-kinds.ts';
import { wayWith } from '../runs-leaf.ts';
import type { Beginnings } from './began-at.ts';
import { outageLimit } from './limits.ts';
import type { OutageWindow } from './window.ts';

type Way = 'execute' | 'rollback';
type Span = { from: number; to: number | null; failed: boolean; way: Way };

/**
 * Every outage window of the plan's phases: what is observed of them counts first, then what the plan and the passages
 * say, then the earlier runs of ours, since a passage is only the last one.
 */
export function windowsOf(cluster: Cluster, began: Beginnings): OutageWindow[] {
  const leaves = cluster.plan?.phases.filter(({ leaf, kind }) => leaf && phaseKind(kind).dark !== null) ?? [];
  return leaves.flatMap((leaf) => spansOf(cluster, leaf, began).flatMap((span) => windowOf(leaf, span)));
}

function spansOf(cluster: Cluster, leaf: Phase, began: Beginnings): Span[] {
  const observed = observedSpan(cluster, leaf, began);
  const passed = leaf.state === 'in_progress' && observed !== null ? null : passedSpan(cluster, leaf, began);
  const spans = [observed, passed].filter((span) => span !== null);
  const first = Math.min(...spans.map(({ from }) => from));
  return [...spans, ...runSpans(cluster, leaf).filter(({ to }) => to !== null && to < first)];
}

/**
 * A run or a log shows it in progress, or that it failed: the lead's plan shows neither (nodes-facts 3). One that nobody
 * runs any more ended with its run, and not well.
 */
function observedSpan(cluster: Cluster, leaf: Phase, began: Beginnings): Span | null {
  const observed = observedOf(cluster, leaf);
  if (observed === null) return null;
  const { way } = observed;
  const at = Date.parse(observed.since);
  if (observedRunning(cluster, leaf) !== null) return { from: at, to: null, failed: false, way };
  if (observed.left !== undefined)
    return { from: at, to: endOfRun(cluster, observed) ?? at, failed: true, way };
  return { from: began.before(leaf, at), to: at, failed: true, way };
}

function endOfRun({ runs }: Cluster, { run }: Observed): number | null {
  const finished = runs.find(({ id }) => id === run)?.finishedAt ?? null;
  return finished === null ? null : Date.parse(finished);
}

/** The last passage the plan tells of. */
function passedSpan(cluster: Cluster, leaf: Phase, began: Beginnings): Span | null {
  if (leaf.state === 'unstarted') return null;
  const from = began.of(leaf);
  if (from === null) return null;
  const passage = cluster.passages[leaf.id];
  const way = leaf.state === 'rolled_back' || passage?.back === true ? 'rollback' : 'execute';
  if (leaf.state === 'in_progress') return { from, to: null, failed: false, way };
  const ended = passage?.ended ?? leaf.updated;
  return ended === null ? null : { from, to: Date.parse(ended), failed: leaf.state === 'failed', way };
}

/** The runs that name this very leaf and are over; a run of several steps has no times of its own for each. */
function runSpans({ runs }: Cluster, leaf: Phase): Span[] {
  return runs.flatMap((run): Span[] => {
    const { startedAt, finishedAt, state } = run;
    const way = isRunOf(run, leaf) ? wayWith(run, leaf.id) : null;
    if (way === null || way === 'set' || startedAt === null || finishedAt === null) return [];
    return [{ from: Date.parse(startedAt), to: Date.parse(finishedAt), failed: state !== 'done', way }];
  });
}

function isRunOf({ steps }: Run, { id }: Phase): boolean {
  return steps.length === 1 && steps[0]?.phase === id;
}

/** A kind whose rollback does nothing stops nothing then either. */
function windowOf(leaf: Phase, { from, to, failed, way }: Span): OutageWindow[] {
  const { dark, undoes, p90 } = phaseKind(leaf.kind);
  const node = leaf.runsOn ?? leaf.node;
  if (dark === null || node === null || (way === 'rollback' && undoes === null)) return [];
  const { checkers, silent } = dark;
  return [{ phase: leaf.id, node, checkers, silent, from, to, failed, limit: from + outageLimit(p90) }];
}
