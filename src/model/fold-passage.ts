import type { Cluster, Passage } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import { ranAgain } from './ran-again.ts';

type Changed = Extract<Event, { kind: 'phase.changed' }>;
type Touched = Extract<Event, { kind: 'phase.touched' }>;

const nothingSeen: Omit<Passage, 'changed' | 'by'> = { attempts: 0, began: null, ended: null };

/**
 * What was seen of a leaf after it changed, by the agent's clock. Gravity passes through in_progress before every
 * other state, so a leaf that arrives elsewhere without it was attempted between two readings, its beginning unseen.
 */
export function afterChange(cluster: Cluster, event: Changed): Cluster {
  const { from, to, seen } = event;
  const before = cluster.passages[event.phase] ?? nothingSeen;
  if (to === 'in_progress')
    return withPassage(cluster, event.phase, {
      attempts: before.attempts + 1,
      began: seen,
      ended: null,
      changed: seen,
      ...doer(event),
    });
  if (to === 'unstarted')
    return withPassage(cluster, event.phase, { ...before, changed: seen, ...doer(event) });
  return withPassage(cluster, event.phase, {
    attempts: from === 'in_progress' ? Math.max(1, before.attempts) : before.attempts + 1,
    began: from === 'in_progress' ? before.began : null,
    ended: seen,
    changed: seen,
    ...doer(event),
  });
}

/** A leaf that failed or began again between two readings was attempted once more. */
export function afterTouch(cluster: Cluster, event: Touched): Cluster {
  const phase = cluster.plan?.phases.find(({ id }) => id === event.phase);
  if (phase === undefined || !ranAgain(phase, event)) return cluster;
  const { attempts } = cluster.passages[event.phase] ?? nothingSeen;
  const running = event.state === 'in_progress';
  return withPassage(cluster, event.phase, {
    attempts: attempts + 1,
    began: running ? event.seen : null,
    ended: running ? null : event.seen,
    changed: event.seen,
    ...doer(event),
  });
}

function doer({ by }: { by?: string | null | undefined }): Pick<Passage, 'by'> {
  return by === undefined ? {} : { by };
}

function withPassage(cluster: Cluster, phase: string, passage: Passage): Cluster {
  return { ...cluster, passages: { ...cluster.passages, [phase]: passage } };
}
