import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import { mayHaveMoved, wayWith } from './runs-leaf.ts';

/**
 * Changes of leaves with whose doing they were: the run of ours that was at it, null when there was none (another shell,
 * gravity's own agent), nothing said when nobody was watching. The first reading of an agent's life tells what happened
 * before it: of that only what a run went on with meanwhile is known. A run that is over counts while its end is younger
 * than the last reading; what a run left on another node, failed or in progress, is its doing whenever the plan learns of it.
 */
export function withDoers(cluster: Cluster, events: readonly Event[]): Event[] {
  const watched = cluster.sources.plan.state !== 'never';
  return events.map((event) => {
    if (event.kind !== 'phase.changed' && event.kind !== 'phase.touched') return event;
    const by = doerOf(cluster, event);
    return watched || by !== null ? { ...event, by } : event;
  });
}

type Changed = Extract<Event, { kind: 'phase.changed' | 'phase.touched' }>;

function doerOf(cluster: Cluster, event: Changed): string | null {
  const lastRead = Date.parse(cluster.sources.plan.lastGood ?? '') || 0;
  const run = cluster.runs.find(
    (each) =>
      mayHaveMoved(each, event.phase) &&
      each.startedAt !== null &&
      (each.finishedAt === null || Date.parse(each.finishedAt) >= lastRead),
  );
  if (run !== undefined) return run.id;
  const left = cluster.observed[event.phase]?.run ?? null;
  if (left !== null) return left;
  return event.kind === 'phase.changed' && event.from === 'in_progress' ? wentOn(cluster, event) : null;
}

/** An execution that went on without its run ends as completed or failed, a rollback as rolled back or failed. */
function wentOn(
  { passages, runs }: Cluster,
  { phase, to }: Extract<Event, { kind: 'phase.changed' }>,
): string | null {
  const by = passages[phase]?.by ?? null;
  const run = runs.find(({ id }) => id === by);
  const way = run === undefined ? null : wayWith(run, phase);
  if (way === null || to === 'failed') return by;
  return (way === 'rollback') === (to === 'rolled_back') ? by : null;
}
