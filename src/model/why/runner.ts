import type { Phase } from '../../protocol/phase.ts';
import { isFinal, type Run } from '../../protocol/run.ts';
import type { Cause } from '../../protocol/why.ts';
import { operationRuns } from '../operation-runs.ts';
import { reachOf } from '../reach.ts';
import { ranLeaf, runsLeaf } from '../runs-leaf.ts';
import type { Known as Asked } from './asked.ts';
import { told } from './told.ts';

/**
 * Who is at a leaf in progress. here – a run of ours, or gravity's own unit, at work now · gone – nobody can be at it any
 * more, and why that is certain · unseen – somebody may be: nobody known is.
 */
export type Runner = { is: 'here' | 'gone' | 'unseen'; causes: Cause[] };

/** What is known of who runs a leaf; "gone" is said only on evidence, since what follows from it is a second try. */
export function runnerOf(asked: Asked, leaf: Phase): Runner {
  const run = operationRuns(asked.cluster).find((each) => !isFinal(each.state) && runsLeaf(each, leaf.id));
  if (run !== undefined) {
    const text = `the run ${run.id} (${run.label}, by ${run.by.user}) is at it`;
    return { is: 'here', causes: [told(asked, 'run', text)] };
  }
  const unit = asked.facts.busy?.find((line) => line.includes('gravity-resume'));
  if (unit !== undefined && isLocal(asked, leaf))
    return { is: 'here', causes: [told(asked, 'agent', `at work on this machine: ${unit}`)] };
  const gone = agentGone(asked, leaf) ?? runEnded(asked, leaf) ?? nobodyHere(asked, leaf);
  if (gone !== null) return { is: 'gone', causes: [gone] };
  return { is: 'unseen', causes: [unseen(asked, leaf)] };
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

/** The run whose doing it was came to an end of its own, and with it the process of the leaf. */
function runEnded({ cluster, facts }: Asked, leaf: Phase): Cause | null {
  const passage = cluster.passages[leaf.id];
  const run = operationRuns(cluster).find((each) =>
    passage?.by === undefined ? ranLeaf(each, leaf.id) && spans(each, leaf.updated) : each.id === passage.by,
  );
  if (run === undefined || !endedItself(run)) return null;
  const began = passage?.began ?? null;
  if (began !== null && (run.finishedAt ?? '') < began) return null;
  const isLocal = reachOf(cluster, facts.agents).isLocal(leaf);
  if (!isLocal && !answeredByNode(run)) return null;
  const text = `the run ${run.id} (${run.label}), which was at it, is over: ${run.sentence ?? run.state}`;
  return { text, source: 'run', at: run.finishedAt };
}

/** Where nobody was watching: the leaf began, by its own stamp, while the run was on. */
function spans({ startedAt, finishedAt }: Run, at: string | null): boolean {
  if (startedAt === null || finishedAt === null || at === null) return false;
  return Date.parse(startedAt) <= Date.parse(at) && Date.parse(at) <= Date.parse(finishedAt);
}

/**
 * One whose work a unit goes on with, or whose keeper vanished, says nothing about the process; neither does one that was
 * refused because the leaf was in progress already.
 */
function endedItself({ state, finishedAt, steps, sentence }: Run): boolean {
  const ended = state === 'failed' || state === 'cancelled' || state === 'done';
  if (!ended || finishedAt === null || /is in progress/.test(sentence ?? '')) return false;
  return steps.every(({ unit }) => unit === undefined);
}

/** The other node's command came back with an answer, and not with a lost connection. */
function answeredByNode({ state, signal, sentence }: Run): boolean {
  const lost = /transport is closing|Unavailable|connection (refused|reset)|deadline exceeded/;
  return state === 'failed' && signal === null && !lost.test(sentence ?? '');
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
  const before = cluster.runs.find((run) => run.id === by);
  if (before !== undefined) {
    const on = leaf.runsOn === null ? '' : `; what it started on ${leaf.runsOn} may still go on there`;
    const text = `the run ${before.id} (${before.label}) began it and is ${before.state}${on}`;
    return { text, source: 'run', at: before.finishedAt };
  }
  return told(
    asked,
    'agent',
    'nobody is seen running it: no run of this agent began it, so another shell or gravity’s own agent did',
  );
}
