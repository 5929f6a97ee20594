import { isPiloted } from '../model/autopilot/own-runs.ts';
import { leafTimes } from '../model/estimate/leaf-time.ts';
import { phaseNamedBy, worksOn } from '../model/gravity-at-work.ts';
import { observedRunning } from '../model/observed-plan.ts';
import { runsLeaf } from '../model/runs-leaf.ts';
import { nothingFetched } from '../model/why/asked.ts';
import { runnerOf } from '../model/why/runner.ts';
import { span } from '../model/why/span.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Run } from '../protocol/run.ts';
import { refuse } from './guard.ts';
import type { Facts, Refusal } from './row.ts';

/**
 * A leaf in progress and who executes it. own: a run of this agent · seen: a gravity process or a followed log shows it at
 * work · recent: nobody is seen, but it began within its usual time · nobody: it is past that, or its gravity is known to
 * have ended. `sinceMs` is how long it is in progress, null where nobody tells; `usualMs` what half of its kind take.
 */
export type Progress = {
  phase: Phase;
  by: 'own' | 'seen' | 'recent' | 'nobody';
  run: Run | null;
  process: string | null;
  sinceMs: number | null;
  usualMs: number;
};

type Known = { cluster: Cluster; facts: Facts };

/**
 * What is known of every leaf in progress, in plan order; `cluster.plan` must hold the known states. One that a gravity of
 * this machine names is in progress whatever the plan says: on another node's phase the plan stays silent.
 */
export function progresses(known: Known): Progress[] {
  const { plan } = known.cluster;
  const named = new Set(commandsAtWork(known).map(phaseNamedBy));
  const busy =
    plan?.phases.filter(({ id, leaf, state }) => leaf && (state === 'in_progress' || named.has(id))) ?? [];
  if (busy.length === 0) return [];
  const timeOf = leafTimes(known.cluster);
  return busy.map((phase) => progressOf(known, phase, timeOf(phase)));
}

/** Those that no run of this agent executes. */
export function foreignProgress(known: Known): Progress[] {
  return progresses(known).filter(({ by }) => by !== 'own');
}

function progressOf(known: Known, phase: Phase, time: { p50: number; p90: number }): Progress {
  const { cluster, facts } = known;
  const run = cluster.runs.find((each) => each.state === 'running' && runsLeaf(each, phase.id)) ?? null;
  const process = commandsAtWork(known).find((command) => worksOn(command, phase.id)) ?? null;
  const since = phase.state === 'in_progress' ? phase.updated : null;
  const sinceMs = since === null ? null : Math.max(0, facts.now - Date.parse(since));
  const by = run !== null ? 'own' : whoElse(known, { phase, process, sinceMs, usualMs: time.p90 });
  return { phase, by, run, process, sinceMs, usualMs: time.p50 };
}

/** Command lines of gravity at work on this machine, as just looked for, else as last seen. */
export function commandsAtWork({ cluster, facts }: Known): readonly string[] {
  return facts.gravity ?? cluster.atWork?.map(({ command }) => command) ?? [];
}

type Seen = Pick<Progress, 'phase' | 'process' | 'sinceMs' | 'usualMs'>;

function whoElse(known: Known, { phase, process, sinceMs, usualMs }: Seen): Exclude<Progress['by'], 'own'> {
  if (process !== null) return 'seen';
  if (isGone(known, phase)) return 'nobody';
  const observed = observedRunning(known.cluster, phase);
  if (observed !== null && observed.from !== 'run') return 'seen';
  return sinceMs !== null && sinceMs <= usualMs ? 'recent' : 'nobody';
}

/** Its gravity is known to have ended: only where systemd has the units does an empty list of processes prove that. */
function isGone({ cluster, facts }: Known, phase: Phase): boolean {
  const busy = cluster.units === 'systemd' ? (facts.gravity ?? null) : null;
  const fetched = { ...nothingFetched(facts.now), agents: facts.agents, busy };
  return runnerOf({ cluster, facts: fetched }, phase).is === 'gone';
}

/** `/x is running (autopilot, 44s, usually 1m05s)`, or that nobody is known to run it. */
export function progressSentence({ phase, by, run, process, sinceMs, usualMs }: Progress): string {
  const time = `${sinceMs === null ? 'since an unknown time' : span(sinceMs)}, usually ${span(usualMs)}`;
  if (run !== null) return `${phase.id} is running (${executor(run)}, ${time})`;
  if (by === 'seen')
    return `${phase.id} is running (${time}), started outside this agent${process === null ? '' : `: ${process}`}`;
  if (by === 'recent')
    return `${phase.id} is in progress (${time}), started outside this agent: it may still be running`;
  return `${phase.id} is in progress, no known runner (${time})`;
}

/** Who executes it, in two words: an autopilot is named as such. */
export function executor(run: Run): string {
  return isPiloted(run) ? 'autopilot' : `${run.label} by ${run.by.user}`;
}

/** Why a leaf in progress is not executed again, and what to do: never to force it, which only `w` may find right. */
export function progressRefusal(progress: Progress): Refusal {
  return refuse(progressSentence(progress), whatToDo[progress.by]);
}

const whatToDo = {
  own: 'wait until it ends: w says more',
  seen: 'wait until it ends: w says more',
  recent: 'wait until its usual time is over: w says more',
  nobody: 'first make sure that nobody runs it: w says how',
} as const;
