import type { Cluster, HistoryEvent } from '../cluster/cluster.ts';
import { answers, type HealthAgent } from './health-agent.ts';
import { stampOf } from './local-check.ts';

const KEPT_MS = 7 * 24 * 3600 * 1000;

/** An election comes before what the agents find in the same millisecond, which is later by part of one. */
const ELECTED = 0.0425;

/**
 * Hands every master what it lacks of this agent's events: one that was away is filled on the next round, and all of
 * them come to hold the same (satellite.md 6). The masters are told one after the other, and one that does not answer takes
 * all the time there is: until it is back, nobody but the agent itself learns anything (flight 11:35:52 to 11:38).
 */
export function tellMasters(cluster: Cluster, agent: HealthAgent): void {
  const masters = [...cluster.agents.values()].filter(
    ({ node, member }) => node.role === 'master' && member !== 'left',
  );
  const isBlocked = masters.some((master) => master !== agent && !answers(master));
  for (const master of masters) {
    if (isBlocked && master !== agent) continue;
    if (!answers(master)) continue;
    const told = agent.told.get(master) ?? 0;
    if (told === agent.events.length) continue;
    add(master, agent.events.slice(told));
    agent.told.set(master, agent.events.length);
  }
}

/** Written by the master that won, in its own timeline first; the others learn of it on its next round. */
export function recordElection(cluster: Cluster, next: string): void {
  const won = [...cluster.agents.values()].find(({ node }) => node.server.advertise_ip === next);
  if (won === undefined) return;
  const data: HistoryEvent['data'] =
    cluster.leader === '' ? { new: next } : { prev: cluster.leader, new: next };
  cluster.leader = next;
  won.events.push({ at: Math.floor(stampOf(cluster, won)) + ELECTED, kind: 'LeaderElected', data });
  const told = won.told.get(won) ?? 0;
  add(won, won.events.slice(told));
  won.told.set(won, won.events.length);
}

/** By the stamps of those who wrote them; nothing older than seven days is kept. */
function add(master: HealthAgent, events: HistoryEvent[]): void {
  const sorted = [...master.timeline, ...events].sort((one, other) => one.at - other.at);
  const newest = sorted.at(-1)?.at ?? 0;
  master.timeline = sorted.filter(({ at }) => at > newest - KEPT_MS);
}
