import type { Cancel } from '../../ports.ts';
import { chance } from '../chance.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { beginCollection, endCollection } from './collect.ts';
import { holdElection } from './election.ts';
import type { HealthAgent } from './health-agent.ts';
import type { HealthClock } from './health-clock.ts';
import { healthRound, looks } from './health-round.ts';
import { localCheck } from './local-check.ts';
import { isHungProbe } from './set-probe.ts';
import { tellMasters } from './timeline.ts';

const ROUND_MS = 30_000;

/** How long a node that does not answer holds a collection up (satellite.md 4). */
const SILENCE_MS = 25_000;

/** How long all checkers of a node may take together (satellite.md 4). */
const HUNG_MS = 20_000;

/** How long serf suspects a member it does not hear before it calls it failed (health.md 6). */
const SUSPICION_MS = 15_000;

/**
 * Keeps the agents of a cluster at work that has been up for long: all of them have looked, and each looks again every
 * 30 s, at a moment of its own. One that was started anew looks for the first time after 30 s.
 */
export function healthRounds(cluster: Cluster, clock: HealthClock): Cancel {
  healthRound(cluster);
  const begun = new Map<HealthAgent, number>();
  const begin = (agent: HealthAgent, firstMs: number): void => {
    const { life } = agent;
    if (begun.get(agent) === life) return;
    begun.set(agent, life);
    const look = (): void => {
      if (agent.life !== life) return;
      clock.after(ROUND_MS, look);
      lookAround(cluster, clock, agent);
    };
    clock.after(firstMs, look);
  };
  for (const agent of cluster.agents.values()) begin(agent, ROUND_MS * chance(agent.name));
  const heed = (agent: HealthAgent): void => {
    suspect(clock, agent);
    if (agent.process === 'running' && agent.local === null) begin(agent, ROUND_MS);
  };
  cluster.lives.add(heed);
  return () => {
    cluster.lives.delete(heed);
    clock.stop();
  };
}

/** One round of one agent; the old view is served until the last member has answered or was given up. */
function lookAround(cluster: Cluster, clock: HealthClock, agent: HealthAgent): void {
  if (!looks(agent)) return;
  // A checker that hangs holds up the result of its own node, and so what that node serves.
  if ([...agent.node.probes.values()].some(isHungProbe)) {
    const { life } = agent;
    clock.after(HUNG_MS, () => {
      if (agent.life === life) collect(cluster, clock, agent);
    });
  } else collect(cluster, clock, agent);
}

function collect(cluster: Cluster, clock: HealthClock, agent: HealthAgent): void {
  localCheck(cluster, agent);
  tellMasters(cluster, agent);
  holdElection(cluster);
  const collection = beginCollection(cluster, agent);
  const { life, rounds } = agent;
  const end = (): void => {
    if (agent.life === life && agent.rounds === rounds) agent.view = endCollection(collection);
  };
  if (collection.awaited.length === 0) end();
  else clock.after(SILENCE_MS, end);
}

/** A host that died is called failed after a while, unless it came back or had left. */
function suspect(clock: HealthClock, agent: HealthAgent): void {
  if (agent.node.up || agent.member !== 'alive') return;
  const { life } = agent;
  clock.after(SUSPICION_MS, () => {
    if (agent.life === life && !agent.node.up && agent.member === 'alive') agent.member = 'failed';
  });
}
