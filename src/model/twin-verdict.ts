import type { Cluster } from '../protocol/cluster.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { SourceState } from '../protocol/source.ts';
import type { Status } from '../protocol/status.ts';
import type { NodesTwin } from '../protocol/twins.ts';
import { ageOf } from './age.ts';
import { healthKnowledge } from './health-age.ts';

/** What is wrong with what a twin shows: an exit code and, where that is not 0, the sentence for standard error. */
export type TwinVerdict = { exit: number; sentence: string | null };

const fine: TwinVerdict = { exit: exitCodes.fine.code, sentence: null };

/** Degraded where the endpoint or a node says so; unknown where nobody says anything else. Warnings degrade nothing. */
export function nodesVerdict(twin: NodesTwin): TwinVerdict {
  const bad = twin.nodes.filter(({ state }) => state === 'degraded');
  if (twin.state === 'degraded' || bad.length > 0) return degraded(twin.nodes);
  if (twin.state === 'unknown')
    return unknown('the cluster’s health is unknown: not every node has answered');
  if (twin.nodes.some(({ state }) => state === 'offline')) return degraded(twin.nodes);
  const silent = twin.nodes.filter(({ state }) => state === 'unknown').map(({ name }) => name);
  return silent.length > 0 ? unknown(`nothing is known of ${list(silent)}`) : fine;
}

/** As `gravity status` ends: bad when the cluster or a node is, or when no node could be asked (client-facts 4). */
export function statusVerdict(status: Status): TwinVerdict {
  const nodes = (status.nodes ?? []).map(({ hostname: name, state }) => ({ name, state }));
  const bad = nodes.some(({ state }) => state === 'degraded' || state === 'offline');
  if (status.state === 'degraded' || status.systemStatus === 'degraded' || bad) return degraded(nodes);
  if (status.state === null) return unknown('the state of the cluster is not in this status');
  return status.nodes === null ? unknown('gravity could collect the state of no node') : fine;
}

/**
 * What a source's state makes of what is shown from it: never good, failing, grown old or doubted is unknown or stale.
 * `now` in epoch ms, by the agent's clock.
 */
export function sourceVerdict(source: SourceState, now: number): TwinVerdict {
  const why = source.problem === null ? '' : `: ${source.problem.sentence}`;
  if (source.lastGood === null) return unknown(`nothing is known from the source ${source.source}${why}`);
  const stale = ageOf(source, now).stale || source.state === 'failing';
  if (stale) return unknown(`the source ${source.source} was last good at ${source.lastGood}${why}`);
  const doubts = source.remarks.filter((remark) => remark === 'stale' || remark === 'just-started');
  return doubts.length > 0
    ? unknown(`the source ${source.source} answers, but what it says is ${doubts.join(', ')}`)
    : fine;
}

/**
 * Status asks the health agents too: once their endpoint was read and no longer counts at `now`, what status says of the
 * nodes is as old. Never read is no doubt about status, which then is the only source.
 */
export function healthVerdict(cluster: Cluster, now: number): TwinVerdict {
  const { is } = healthKnowledge(cluster, now);
  return is === 'unknown' ? sourceVerdict(cluster.sources.health, now) : fine;
}

/** The first verdict that is not fine. */
export function firstTrouble(verdicts: readonly TwinVerdict[]): TwinVerdict {
  return verdicts.find(({ exit }) => exit !== exitCodes.fine.code) ?? fine;
}

function degraded(nodes: readonly { name: string; state: string }[]): TwinVerdict {
  const bad = nodes
    .filter(({ state }) => state === 'degraded' || state === 'offline')
    .map(({ name, state }) => `${name} ${state}`);
  const sentence = bad.length > 0 ? `degraded: ${list(bad)}` : 'the cluster is degraded';
  return { exit: exitCodes.degraded.code, sentence };
}

function unknown(sentence: string): TwinVerdict {
  return { exit: exitCodes.unknown.code, sentence };
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
