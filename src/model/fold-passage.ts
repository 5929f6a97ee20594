import type { Cluster, Passage } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { Observed } from '../protocol/observed.ts';
import { isPiloted } from './autopilot/own-runs.ts';
import { observedRunning } from './observed-plan.ts';
import { ranAgain } from './ran-again.ts';
import { wayWith } from './runs-leaf.ts';

type Changed = Extract<Event, { kind: 'phase.changed' }>;
type Touched = Extract<Event, { kind: 'phase.touched' }>;
type Observation = Extract<Event, { kind: 'phase.observed' }> & { observed: Observed };

const nothingSeen: Omit<Passage, 'changed'> = { attempts: 0, began: null, ended: null };

/** Gravity stamps a beginning that much after it was ordered at most: it meets etcd first, and a node's agent is dialled. */
const sameBeginningMs = 30_000;

/**
 * What was seen of a leaf after it changed: when it began and ended by gravity's own stamp, which knows it exactly however
 * late it is read (never later than it was seen: clocks differ), else by the agent's clock. Gravity passes through in_progress before every
 * other state, so a leaf that arrives elsewhere without it was attempted between two readings, its beginning unseen.
 * A rollback passes through it too and is no attempt: of our own runs that is known at once, of another shell's when it
 * arrives (one that fails cannot be told from an execution, engine-observed 4). `plan set` runs nothing.
 */
export function afterChange(cluster: Cluster, event: Changed): Cluster {
  if (isOfEarlierAttempt(cluster, event)) return cluster;
  const before = knownBefore(cluster, event.phase);
  const way = wayOf(cluster, event);
  const after = way === 'set' ? setByHand(before, event) : passed(before, event, way);
  return withPassage(cluster, event, after);
}

/** A leaf that failed or began again between two readings was attempted once more. */
export function afterTouch(cluster: Cluster, event: Touched): Cluster {
  const phase = cluster.plan?.phases.find(({ id }) => id === event.phase);
  if (phase === undefined || isOfEarlierAttempt(cluster, event)) return cluster;
  const before = knownBefore(cluster, event.phase);
  const ends = before.open && event.state !== 'in_progress' && event.at !== phase.updated;
  if (!ends && !ranAgain(phase, event)) return cluster;
  const from = ends ? 'in_progress' : 'unstarted';
  return withPassage(
    cluster,
    event,
    passed(before, { ...event, from, to: event.state }, wayOf(cluster, event)),
  );
}

/**
 * What is observed beyond the plan begins a passage, or ends it as failed. What the plan tells of the same attempt
 * later counts no attempt more; it only corrects the times.
 */
export function afterObserved(cluster: Cluster, { phase, seen, observed }: Observation): Cluster {
  const { state, since, run, way, left } = observed;
  const before = knownBefore(cluster, phase);
  const goesOn = state === 'failed' ? before.open : isSameBeginning(before, since);
  if (left !== undefined || (state === 'in_progress' && goesOn && before.by === run)) return cluster;
  const back = way === 'rollback';
  const attempts = before.attempts + (goesOn || back ? 0 : 1);
  const start = goesOn ? (before.began ?? since) : since;
  const times = state === 'failed' ? ended(goesOn ? before : nothingSeen, since) : began(start);
  return withPassage(cluster, { phase, seen, by: run }, { attempts, ...times, ...backMark(back) });
}

type Seen = Pick<Passage, 'attempts' | 'began' | 'ended' | 'back'>;

/** A passage as it was, `open` while it has begun and not ended, `counted` when its attempt is in `attempts` already. */
type Before = Omit<Passage, 'changed'> & { open: boolean; counted: boolean };

function knownBefore(cluster: Cluster, phase: string): Before {
  const before = cluster.passages[phase] ?? nothingSeen;
  const open = before.began !== null && before.ended === null;
  return { ...before, open, counted: open || cluster.observed[phase]?.state === 'failed' };
}

/** Every command fetches first what other nodes wrote before: how an earlier attempt ended is no end of one that runs. */
function isOfEarlierAttempt(cluster: Cluster, { phase, at }: Changed | Touched): boolean {
  const running = observedRunning(cluster, { id: phase });
  return (
    running !== null &&
    at !== null &&
    at < running.since &&
    !isSameBeginning({ open: true, began: at }, running.since)
  );
}

function isSameBeginning({ open, began }: Pick<Before, 'open' | 'began'>, at: string): boolean {
  return open && began !== null && Math.abs(Date.parse(at) - Date.parse(began)) <= sameBeginningMs;
}

type Move = Pick<Changed, 'from' | 'to' | 'seen' | 'at' | 'by'>;

function passed(before: Before, event: Move, way: Way): Seen {
  const { from, to, seen, at } = event;
  const wasThere = from === 'in_progress' || before.counted;
  const back = way === 'rollback' || to === 'rolled_back' || (wasThere && before.back === true);
  const when = at !== null && at <= seen ? at : seen;
  const { attempts } = before;
  if (to === 'unstarted')
    return { attempts, began: before.began, ended: before.ended, ...backMark(before.back === true) };
  if (to === 'in_progress') {
    const more = back || isSameBeginning(before, when) ? 0 : 1;
    return { attempts: attempts + more, ...began(when), ...backMark(back) };
  }
  const counted = back ? attemptsBesides(before, event) : attemptsWith(before, wasThere);
  return { attempts: counted, ...ended(wasThere ? before : nothingSeen, when), ...backMark(back) };
}

function ended({ began }: Pick<Passage, 'began'>, at: string): Pick<Passage, 'began' | 'ended'> {
  return { began, ended: began !== null && began > at ? began : at };
}

function attemptsWith({ attempts }: Omit<Passage, 'changed'>, wasThere: boolean): number {
  return wasThere ? Math.max(1, attempts) : attempts + 1;
}

/** A rollback that was taken for an attempt when it began; one that follows somebody else's attempt was not. */
function attemptsBesides({ attempts, back, by }: Omit<Passage, 'changed'>, event: Move): number {
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

function began(at: string): Pick<Passage, 'began' | 'ended'> {
  return { began: at, ended: null };
}

function backMark(back: boolean): Pick<Passage, 'back'> {
  return back ? { back } : {};
}

type About = Pick<Changed, 'phase' | 'seen' | 'by'>;

function withPassage(cluster: Cluster, { phase, seen, by }: About, after: Seen): Cluster {
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
