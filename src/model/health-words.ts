import type { Cluster } from '../protocol/cluster.ts';
import { type HealthKnowledge, healthKnowledge, nodesInWords, statusInWords } from './health-age.ts';
import { hostName } from './host-name.ts';
import type { NodeRow } from './node-rows.ts';

/** The time now (epoch ms) and how a time of day (RFC 3339) is written. */
export type Telling = { now: number; clock: (at: string) => string };

/**
 * What is known of the nodes while their health is not: `unknown since 11:49:03, then all 4 healthy; status at 11:50:10
 * says master-2 offline`, `status says all 5 healthy; health never read`. Null while health is fresh.
 */
export function nodesUnknownWords(cluster: Cluster, telling: Telling): string | null {
  const knowledge = healthKnowledge(cluster, telling.now);
  if (knowledge.is === 'fresh') return null;
  const status = statusInWords(cluster);
  if (knowledge.is === 'never')
    return status === null ? 'unknown; health never read' : `status says ${status}; health never read`;
  const { health, sources } = cluster;
  const nodes = health?.nodes.map((node) => ({ name: hostName(cluster, node), state: node.state })) ?? [];
  const then = nodes.length === 0 ? '' : `, then ${nodesInWords(nodes)}`;
  const read = sources.status.lastGood;
  const isNewer = status !== null && read !== null && Date.parse(read) > (knowledge.since ?? 0);
  const other = isNewer ? `; status at ${telling.clock(read)} says ${status}` : '';
  return `unknown since ${sinceWords(knowledge, telling)}${then}${other} (${why[knowledge.why]})`;
}

/** Why the state of one node is not known to be so now. */
export function nodeCurrencyWords({ state, from }: NodeRow, cluster: Cluster, telling: Telling): string {
  const knowledge = healthKnowledge(cluster, telling.now);
  if (from === 'status') return `status says ${state}; ${unreadWords(knowledge, telling)}`;
  if (knowledge.is !== 'unknown') return unreadWords(knowledge, telling);
  return `unknown since ${sinceWords(knowledge, telling)}, then ${state}`;
}

function unreadWords(knowledge: HealthKnowledge, telling: Telling): string {
  if (knowledge.is === 'never') return 'health never read';
  return `health last collected at ${sinceWords(knowledge, telling)}`;
}

function sinceWords({ since }: HealthKnowledge, { clock }: Telling): string {
  return since === null ? 'the first reading' : clock(new Date(since).toISOString());
}

const why: Readonly<Record<Extract<HealthKnowledge, { is: 'unknown' }>['why'], string>> = {
  failing: 'the health endpoint does not answer',
  stale: 'the health endpoint serves an old collection',
  'just-started': 'the health agent has just started',
  old: 'no newer reading',
};

/** Gravity lets the newest timestamp win, so clocks that are further apart mix up its record (design 4). */
const mostApartMs = 2_000;

/** Date headers are cut to the second: an answer is up to a second older than it says. */
const cutMs = 1_000;

/** Whose clock is not ours, and by how much: `the clock of master-1 is 120 s behind the clock of this agent`. Null while it is right. */
export function clockWords({ healthClock, sources, place }: Cluster): string | null {
  if (healthClock === null) return null;
  const ahead = healthClock > 0 ? healthClock : Math.min(0, healthClock + cutMs);
  if (Math.abs(ahead) <= mostApartMs) return null;
  const node = sources.health.via ?? place.node ?? 'the health endpoint';
  const seconds = Math.round(Math.abs(ahead) / 1000);
  return `the clock of ${node} is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the clock of this agent`;
}
