import type { Cluster, Passage } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import { isPiloted } from './autopilot/own-runs.ts';
import { ranAgain } from './ran-again.ts';
import { wayWith } from './runs-leaf.ts';

type Changed = Extract<Event, { kind: 'phase.changed' }>;
type Touched = Extract<Event, { kind: 'phase.touched' }>;

const nothingSeen: Omit<Passage, 'changed'> = { attempts: 0, began: null, ended: null };

/**
 * What was seen of a leaf after it changed, by the agent's clock. Gravity passes through in_progress before every
 * other state, so a leaf that arrives elsewhere without it was attempted between two readings, its beginning unseen.
 * A rollback passes through it too and is no attempt: of our own runs that is known at once, of another shell's when it
 * arrives (one that fails cannot be told from an execution, engine-observed 4). `plan set` runs nothing.
 */
export function afterChange(cluster: Cluster, event: Changed): Cluster {
  const before = cluster.passages[event.phase] ?? nothingSeen;
  const way = wayOf(cluster, event);
  const after = way === 'set' ? setByHand(before, event) : passed(before, event, way);
  return withPassage(cluster, event, after);
}

/** A leaf that failed or began again between two readings was attempted once more. */
export function afterTouch(cluster: Cluster, event: Touched): Cluster {
  const phase = cluster.plan?.phases.find(({ id }) => id === event.phase);
  if (phase === undefined || !ranAgain(phase, event)) return cluster;
  const { attempts } = cluster.passages[event.phase] ?? nothingSeen;
  const back = wayOf(cluster, event) === 'rollback';
  const times = event.state === 'in_progress' ? began(event.seen) : { began: null, ended: event.seen };
  return withPassage(cluster, event, { attempts: attempts + (back ? 0 : 1), ...times, ...backMark(back) });
}

type Seen = Pick<Passage, 'attempts' | 'began' | 'ended' | 'back'>;

function passed(before: Omit<Passage, 'changed'>, event: Changed, way: Way): Seen {
  const { from, to, seen } = event;
  const wasThere = from === 'in_progress';
  const back = way === 'rollback' || to === 'rolled_back' || (wasThere && before.back === true);
  if (to === 'unstarted') return before;
  if (to === 'in_progress')
    return { attempts: before.attempts + (back ? 0 : 1), ...began(seen), ...backMark(back) };
  const attempts = back ? attemptsBesides(before, event) : attemptsWith(before, wasThere);
  return { attempts, began: wasThere ? before.began : null, ended: seen, ...backMark(back) };
}

function attemptsWith({ attempts }: Omit<Passage, 'changed'>, wasThere: boolean): number {
  return wasThere ? Math.max(1, attempts) : attempts + 1;
}

/** A rollback that was taken for an attempt when it began; one that follows somebody else's attempt was not. */
function attemptsBesides({ attempts, back, by }: Omit<Passage, 'changed'>, event: Changed): number {
  const wasCounted = event.from === 'in_progress' && back !== true && by === event.by;
  return wasCounted ? Math.max(0, attempts - 1) : attempts;
}

function setByHand(before: Omit<Passage, 'changed'>, { seen }: Changed): Seen {
  return { attempts: before.attempts, began: null, ended: seen };
}

type Way = ReturnType<typeof wayWith>;

function wayOf({ runs }: Cluster, { by, phase }: Changed | Touched): Way {
  const run = runs.find(({ id }) => id === by);
  return run === undefined ? null : wayWith(run, phase);
}

function began(seen: string): Pick<Passage, 'began' | 'ended'> {
  return { began: seen, ended: null };
}

function backMark(back: boolean): Pick<Passage, 'back'> {
  return back ? { back } : {};
}

function withPassage(cluster: Cluster, { phase, seen, by }: Changed | Touched, after: Seen): Cluster {
  const { attempts, began, ended, back } = after;
  const passage: Passage = {
    attempts,
    began,
    ended,
    changed: seen,
    ...backMark(back === true),
    ...(by !== undefined && { by }),
    ...(cluster.runs.some((run) => run.id === by && isPiloted(run)) && { pilot: true }),
  };
  return { ...cluster, passages: { ...cluster.passages, [phase]: passage } };
}
