import type { Phase } from '../../protocol/phase.ts';
import { isFinal, type Run } from '../../protocol/run.ts';
import type { Cause } from '../../protocol/why.ts';
import { leftBehind, observedRunning } from '../observed-plan.ts';
import { operationRuns } from '../operation-runs.ts';
import { reachOf } from '../reach.ts';
import { endOfRun } from '../run-end.ts';
import { ranLeaf, runsLeaf } from '../runs-leaf.ts';
import type { Known as Asked } from './asked.ts';
import { told } from './told.ts';

/**
 * Who is at a leaf in progress. here – a run of ours, or gravity's own unit, at work now · gone – nobody can be at it any
 * more, and why that is certain · unseen – somebody may be: nobody known is. `ended` is the run of ours whose end left the
 * leaf so, and how it ended.
 */
export type Runner = {
  is: 'here' | 'gone' | 'unseen';
  causes: Cause[];
  ended?: { run: Run; how: 'failed' | 'killed' };
};

/** What is known of who runs a leaf; "gone" is said only on evidence, since what follows from it is a second try. */
export function runnerOf(asked: Asked, leaf: Phase): Runner {
  const here = atWork(asked, leaf);
  if (here !== null) return { is: 'here', causes: [here] };
  const orphan = orphaned(asked, leaf);
  if (orphan !== null) return { is: 'unseen', causes: [orphan] };
  const ended = endedRun(asked, leaf);
  if (ended !== null) return { is: 'gone', causes: [endedCause(asked, leaf, ended)], ended };
  const gone = agentGone(asked, leaf) ?? nobodyHere(asked, leaf);
  if (gone !== null) return { is: 'gone', causes: [gone] };
  return { is: 'unseen', causes: [unseen(asked, leaf)] };
}

/** Whoever is known to run it: a run of ours, gravity's own unit, or what a log shows. */
function atWork(asked: Asked, leaf: Phase): Cause | null {
  const { cluster } = asked;
  if (leftBehind(cluster, leaf) !== null) return null;
  const observed = observedRunning(cluster, leaf);
  const on = placeOf(asked, leaf, observed?.node ?? null);
  const does = observed?.way === 'rollback' ? 'is rolling it back' : 'is running it';
  const run = operationRuns(cluster).find(
    (each) => each.id === observed?.run || (each.state === 'running' && runsLeaf(each, leaf.id)),
  );
  if (run !== undefined && !isFinal(run.state))
    return told(asked, 'run', `the run ${run.id} (${run.label}, by ${run.by.user}) ${does}${on}`);
  if (observed !== null)
    return { text: `${witness[observed.from]} ${does}${on}`, source: 'gravity', at: observed.since };
  const unit = asked.facts.busy?.find((line) => line.includes('gravity-resume'));
  return unit !== undefined && isLocal(asked, leaf)
    ? told(asked, 'agent', `at work on this machine: ${unit}`)
    : null;
}

const witness = {
  run: 'a run of this agent',
  unit: 'gravity’s own unit (gravity-resume.service)',
  log: 'gravity, by its log,',
} as const;

/** ` on master-2`, where that is another node. */
function placeOf(asked: Asked, leaf: Phase, node: string | null): string {
  const on = node?.split('/')[0] ?? leaf.runsOn;
  return on === null || isLocal(asked, leaf) ? '' : ` on ${on}`;
}

/** Only the connection to the other node's agent broke: its child goes on, or dies at its next line (nodes-facts 5.6). */
function orphaned({ cluster }: Asked, leaf: Phase): Cause | null {
  const left = leftBehind(cluster, leaf);
  if (left?.left !== 'orphan') return null;
  const on = left.node?.split('/')[0] ?? leaf.runsOn ?? 'its node';
  const text = `the connection to the update agent of ${on} broke: the work there continues by itself, or has stopped with its next line of output`;
  return { text, source: 'run', at: left.since };
}

/** Gravity starts a leaf of another node as a child of that node's update agent: without the agent there is none. */
function agentGone(asked: Asked, leaf: Phase): Cause | null {
  const reach = reachOf(asked.cluster, asked.facts.agents);
  if (reach.isLocal(leaf) || !reach.hasNoAgent(leaf)) return null;
  return told(
    asked,
    'agents',
    `no update agent answers on ${leaf.runsOn}, where it ran: what ran under it ended`,
  );
}

type Ended = NonNullable<Runner['ended']>;

/**
 * The run of ours that was at it and came to an end of its own, by an exit code or a signal: gravity waits for what it
 * began, and takes the remote part with it when it is killed (nodes-facts 5.1, 9.2), so that nobody is left.
 */
function endedRun({ cluster }: Asked, leaf: Phase): Ended | null {
  const left = leftBehind(cluster, leaf);
  const by = left === null ? cluster.passages[leaf.id]?.by : left.run;
  const run = operationRuns(cluster).find((each) =>
    by === undefined || by === null ? ranLeaf(each, leaf.id) && spans(each, leaf) : each.id === by,
  );
  if (run === undefined || !endedItself(run)) return null;
  if (left === null && beganAfter(cluster.passages[leaf.id]?.began ?? null, leaf, run)) return null;
  const how = endOfRun(run);
  if (left !== null) return { run, how: 'killed' };
  if (how === 'orphan' || how === 'nothing-ran') return null;
  return { run, how: how === 'killed' ? how : 'failed' };
}

/** One whose work a unit continues, that never began, or that was refused as somebody else was at it says nothing about the process. */
function endedItself({ state, startedAt, finishedAt, steps, sentence }: Run): boolean {
  const ended = state === 'failed' || state === 'cancelled' || state === 'done';
  if (/is in progress/.test(sentence ?? '')) return false;
  return ended && startedAt !== null && finishedAt !== null && steps.every(({ unit }) => unit === undefined);
}

/** The stamps of two machines, and when a poll saw it, differ by so much, ms. */
const slackMs = 2_000;

/** Where nobody was watching: the leaf began, by its own stamp, while the run was on. */
function spans({ startedAt, finishedAt }: Run, { updated }: Phase): boolean {
  if (startedAt === null || finishedAt === null || updated === null) return false;
  const at = Date.parse(updated);
  return Date.parse(startedAt) - slackMs <= at && at <= Date.parse(finishedAt) + slackMs;
}

/** Somebody else began it once more since. A poll sees a beginning late, gravity's own stamp does not. */
function beganAfter(seen: string | null, { updated }: Phase, { finishedAt }: Run): boolean {
  const stamps = [seen, updated].flatMap((each) => (each === null ? [] : [Date.parse(each)]));
  return stamps.length > 0 && Math.min(...stamps) > Date.parse(finishedAt ?? '') + slackMs;
}

function endedCause(asked: Asked, leaf: Phase, { run, how }: Ended): Cause {
  const text = how === 'killed' ? killedWords(asked, leaf, run) : exitWords(run);
  return { text, source: 'run', at: run.finishedAt };
}

function killedWords(asked: Asked, leaf: Phase, { id, label, sentence, signal }: Run): string {
  const on = placeOf(asked, leaf, leftBehind(asked.cluster, leaf)?.node ?? null);
  const what = sentence ?? `gravity was killed${signal === null ? '' : ` by ${signal}`}`;
  const part =
    on === ''
      ? 'nobody runs the phase any longer'
      : `the part that ran${on} ended with it, and the phase stays in progress there`;
  return `the run ${id} (${label}) ended: ${what}; ${part}`;
}

function exitWords({ id, label, exitCode, sentence, state }: Run): string {
  const code = exitCode === null ? '' : ` with exit code ${exitCode}`;
  return `the run ${id} (${label}) ended${code}, and nobody runs the phase any longer: ${sentence ?? state}`;
}

/** No gravity is at work here: its services and processes were looked at. */
function nobodyHere(asked: Asked, leaf: Phase): Cause | null {
  const { busy } = asked.facts;
  if (busy === null || busy.length > 0 || !isLocal(asked, leaf)) return null;
  return told(asked, 'agent', 'no gravity is at work on this machine: neither a process nor a unit of it');
}

function isLocal({ cluster, facts }: Asked, leaf: Phase): boolean {
  return cluster.place.by !== 'unknown' && reachOf(cluster, facts.agents).isLocal(leaf);
}

function unseen(asked: Asked, leaf: Phase): Cause {
  const { cluster } = asked;
  const by = cluster.passages[leaf.id]?.by;
  const before = operationRuns(cluster).find((run) => run.id === by);
  if (before === undefined)
    return told(asked, 'agent', 'it was started outside this agent: by another shell, or by gravity itself');
  const text = `the run ${before.id} (${before.label}) began it and is ${before.state}: whether its gravity still runs is not known`;
  return { text, source: 'run', at: before.finishedAt };
}
