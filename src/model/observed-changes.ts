import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { Observed } from '../protocol/observed.ts';
import type { Phase } from '../protocol/phase.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { observedRunning } from './observed-plan.ts';
import { reachOf } from './reach.ts';
import { endOfRun } from './run-end.ts';

/** A leaf that was seen to begin. `node` is the other node it runs on, null on this machine. */
export type Begun = { phase: string; way: Observed['way']; node: string | null; at: string };

/** Where that was seen. */
export type Witness = Pick<Observed, 'from' | 'run'>;

type Observation = Extract<Event, { kind: 'phase.observed' }>;

/** The nearer source is believed: a run of ours, then the unit it left its work to, then a log of who knows whom. */
const nearness: Readonly<Record<Observed['from'], number>> = { run: 2, unit: 1, log: 0 };

/**
 * A leaf of the plan was seen to begin. What is known already is no news, but for the node, which gravity names only once
 * it has the other node's agent. One that runs by a nearer witness stays as that one tells.
 */
export function phaseBegan(cluster: Cluster, witness: Witness, begun: Begun): Observation[] {
  const leaf = leafOf(cluster, begun.phase);
  if (leaf === null) return [];
  const { way, at } = begun;
  const running = observedRunning(cluster, leaf);
  const isKnown = running?.run === witness.run && running.from === witness.from && running.way === way;
  if (running !== null && !isKnown && nearness[running.from] > nearness[witness.from]) return [];
  if (isKnown && begun.node === running.node) return [];
  const since = isKnown ? running.since : at;
  const observed = { state: 'in_progress' as const, since, ...witness, way, node: begun.node, error: null };
  return [observation(cluster, { phase: leaf.id, seen: at, observed })];
}

/** The other node a leaf runs on when the command is given here, null when that is here. */
export function otherNodeOf(cluster: Cluster, phase: string): string | null {
  const leaf = leafOf(cluster, phase);
  return leaf === null || reachOf(cluster, null).isLocal(leaf) ? null : leaf.runsOn;
}

/** Whether gravity begins the one only when the other is over: they are not in one group of phases that run side by side. */
export function followsOn({ plan }: Cluster, one: string, other: string): boolean {
  const common = (plan?.phases ?? []).filter(
    ({ id, parallel }) => parallel && one.startsWith(`${id}/`) && other.startsWith(`${id}/`),
  );
  return one !== other && common.length === 0;
}

/**
 * What becomes of the leaves a run of ours was at when it ended, before anything is read anew. `announced` are those that
 * gravity said it begins, which it does before all else, and `passed` those it went on from. Of a leaf on this machine the
 * plan alone tells from now on. What is on another node is unknown to the lead's plan (nodes-facts 3): it failed with
 * gravity's sentence, or was left in progress there.
 */
export function runEnded(
  cluster: Cluster,
  run: Run,
  { announced, passed }: Told,
  seen: string,
): Observation[] {
  const end = endOfRun(run);
  if (end === 'done' || !isFinal(run.state)) return [];
  return runningOf(cluster, run).flatMap(({ phase, observed }) => {
    if (passed.has(phase)) return [];
    // What a log tells of was announced there.
    const isRemote = (observed.from !== 'run' || announced.has(phase)) && observed.node !== null;
    const told = isRemote && end !== 'nothing-ran' ? leftAs(observed, end, run, seen) : null;
    return [observation(cluster, { phase, seen, observed: told })];
  });
}

/** What gravity printed of the leaves of a run. */
export type Told = { announced: ReadonlySet<string>; passed: ReadonlySet<string> };

function leftAs(
  observed: Observed,
  end: 'failed' | 'killed' | 'orphan',
  { finishedAt, sentence }: Run,
  seen: string,
): Observed {
  if (end !== 'failed') return { ...observed, left: end };
  return { ...observed, state: 'failed', since: finishedAt ?? seen, error: sentence };
}

/** The plan has been read since: of those of these leaves that still count as running by this witness it tells all. */
export function planToldOf(
  cluster: Cluster,
  { run }: Witness,
  phases: readonly string[],
  seen: string,
): Observation[] {
  return runningOf(cluster, { id: run }).flatMap(({ phase }) =>
    phases.includes(phase) ? [observation(cluster, { phase, seen, observed: null })] : [],
  );
}

function runningOf(cluster: Cluster, { id }: { id: string | null }): { phase: string; observed: Observed }[] {
  return Object.keys(cluster.observed).flatMap((phase) => {
    const observed = observedRunning(cluster, { id: phase });
    return observed?.run === id ? [{ phase, observed }] : [];
  });
}

function observation(cluster: Cluster, told: Pick<Observation, 'phase' | 'seen' | 'observed'>): Observation {
  return { kind: 'phase.observed', operation: cluster.plan?.operation.id ?? null, ...told };
}

function leafOf({ plan }: Cluster, id: string): Phase | null {
  return plan?.phases.find((phase) => phase.id === id && phase.leaf) ?? null;
}
