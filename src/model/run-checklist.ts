import type { Cluster, Passage } from '../protocol/cluster.ts';
import type { PhaseState } from '../protocol/phase.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { knownPlan } from './observed-plan.ts';
import { rollsBack } from './runs-leaf.ts';

/** `waits`: the run never came to it, or has not yet; `next`: the one it goes on with, also after it stopped. */
export type ChecklistState = 'done' | 'running' | 'next' | 'waits' | 'failed' | 'skipped';

/**
 * One leaf of a run, in the order it was judged to run. `took` is in ms, null where its beginning or its end was not
 * seen. `sentence` tells why it failed or was skipped, or what is not known of it.
 */
export type ChecklistItem = {
  leaf: string;
  state: ChecklistState;
  took: number | null;
  sentence: string | null;
};

/**
 * How far a run is, leaf by leaf: what the run itself tells (its steps and its end) comes before what was read of the
 * plan, which may be a poll behind it; and what others did to a leaf after the run is not its doing. A run of another
 * operation than the plan's is told by its steps alone. What the agent does itself (arming an autopilot) runs no leaf,
 * whatever comes of it later.
 */
export function runChecklist(cluster: Cluster, run: Run): ChecklistItem[] {
  if (run.steps.every(({ program }) => program === 'agent')) return [];
  const known = knownOf(cluster, run);
  const items = (run.leaves ?? []).map((leaf, at) => itemOf(known, leaf, at));
  const stopped = items.some(({ state }) => state === 'failed' || state === 'next');
  const goesOnWith = stopped ? -1 : items.findIndex(({ state }) => state === 'waits');
  return items.map((item, at) => (at === goesOnWith ? { ...item, state: 'next' } : item));
}

/** How many of a run's leaves are not in the state it was to bring them to; null where the plan cannot tell. */
export function leavesLeft(cluster: Cluster, run: Run): number | null {
  const { leaves = [], operationId } = run;
  if (cluster.plan === null || operationId !== cluster.plan.operation.id || leaves.length === 0) return null;
  const { goal, states } = knownOf(cluster, run);
  return leaves.filter((leaf) => states.get(leaf) !== goal).length;
}

type Known = {
  run: Run;
  goal: PhaseState;
  states: ReadonlyMap<string, PhaseState>;
  errors: ReadonlyMap<string, string | null>;
  passages: Readonly<Record<string, Passage>>;
};

function knownOf(cluster: Cluster, run: Run): Known {
  const { passages } = cluster;
  const plan = knownPlan(cluster);
  const phases = plan !== null && plan.operation.id === run.operationId ? plan.phases : [];
  return {
    run,
    goal: rollsBack(run) ? 'rolled_back' : 'completed',
    states: new Map(phases.map(({ id, state }) => [id, state])),
    errors: new Map(phases.map(({ id, error }) => [id, error])),
    passages: phases.length === 0 ? {} : passages,
  };
}

function itemOf(known: Known, leaf: string, at: number): ChecklistItem {
  const { state, sentence } = hasStepOfItsOwn(known.run, leaf, at)
    ? byStep(known, leaf, at)
    : byPlan(known, leaf);
  const took = state === 'done' ? tookOf(known, leaf) : null;
  return { leaf, state, took, sentence };
}

type Told = { state: ChecklistState; sentence: string | null };
const told = (state: ChecklistState, sentence: string | null = null): Told => ({ state, sentence });

function hasStepOfItsOwn({ steps, leaves = [] }: Run, leaf: string, at: number): boolean {
  return steps.length === leaves.length && steps[at]?.phase === leaf;
}

/** The keeper goes on to a step only when the one before succeeded: what lies before it is done, whatever was read. */
function byStep(known: Known, leaf: string, at: number): Told {
  const { run, states, goal } = known;
  if (run.state === 'queued' || run.startedAt === null) return told('waits');
  if (run.state === 'done' || at < run.step) return told('done');
  if (at > run.step) return told('waits');
  if (run.state === 'failed') return told('failed', run.sentence);
  const isThere = states.get(leaf) === goal && wasDuring(known, leaf);
  if (isThere) return told('done');
  return run.state === 'running' ? told('running') : cutOff(known, leaf);
}

/** Of one process for many leaves only the plan tells how far it came. */
function byPlan(known: Known, leaf: string): Told {
  const { run, states, goal } = known;
  const state = states.get(leaf) ?? null;
  if (run.state === 'done') return told('done');
  if (run.state === 'queued' || run.startedAt === null || state === null) return told('waits');
  if (state === goal) return arrived(known, leaf);
  if (!wasDuring(known, leaf)) return told('waits');
  if (state === 'failed') return told('failed', known.errors.get(leaf) ?? run.sentence);
  if (state !== 'in_progress') return told('waits');
  return run.state === 'running' ? told('running') : cutOff(known, leaf);
}

/** It was not there when the run was judged: brought there by the run, by somebody before its turn, or afterwards. */
function arrived(known: Known, leaf: string): Told {
  const { run, passages } = known;
  const passage = passages[leaf];
  if (passage === undefined || isDoingOf(run, passage)) return told('done');
  if (wasDuring(known, leaf)) return told('skipped', 'somebody else did it meanwhile');
  return isFinal(run.state)
    ? told('waits', 'the run never came to it; it was done afterwards')
    : told('skipped', 'it was done before the run began');
}

/** Nobody saw whose doing it was: the run's, as it was at it. */
function isDoingOf(run: Run, { by, changed }: Passage): boolean {
  if (by !== undefined) return by === run.id;
  return run.finishedAt === null || changed <= run.finishedAt;
}

/** A run that ended in the middle of a leaf: how that one is the plan alone tells, and it is where the run goes on. */
function cutOff({ run, states }: Known, leaf: string): Told {
  const state = states.get(leaf);
  const sentence = `${run.sentence ?? 'it was cut off'}; the plan says ${state ?? 'nothing of it'}`;
  return told(state === 'failed' ? 'failed' : 'next', sentence);
}

/** Whether the leaf's last change was the run's, or nobody saw whose and it fell into its time. */
function wasDuring({ run, passages }: Known, leaf: string): boolean {
  const passage = passages[leaf];
  if (passage === undefined) return true;
  if (passage.by === run.id) return true;
  const begun = run.startedAt !== null && passage.changed >= run.startedAt;
  return begun && (run.finishedAt === null || passage.changed <= run.finishedAt);
}

function tookOf({ run, passages }: Known, leaf: string): number | null {
  const { began = null, ended = null, by } = passages[leaf] ?? {};
  if (began === null || ended === null || (by !== undefined && by !== run.id)) return null;
  const isOfRun = run.startedAt !== null && began >= run.startedAt;
  return isOfRun ? Math.max(0, Date.parse(ended) - Date.parse(began)) : null;
}
