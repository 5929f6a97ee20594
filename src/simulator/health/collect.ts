import { shuffled } from '../chance.ts';
import type { Cluster, HealthView, NodeHealth } from '../cluster/cluster.ts';
import { answers, type HealthAgent } from './health-agent.ts';
import { stampOf } from './local-check.ts';

/** A collection under way: when it began, what has come in and who is still awaited. */
export type Collection = {
  at: number;
  came: NodeHealth[];
  awaited: { agent: HealthAgent; seen: NodeHealth }[];
};

/** Asks every member for its last result; `agent` itself, which has just looked, is heard last of those that answer. */
export function beginCollection(cluster: Cluster, agent: HealthAgent): Collection {
  const order = shuffled([...cluster.agents.values()], `${agent.name}:${agent.rounds}`);
  const members = order.filter(({ member }) => member !== 'left');
  const heard = members.filter((other) => other !== agent && answers(other));
  const silent = members.filter((other) => !answers(other));
  return {
    at: stampOf(cluster, agent),
    came: [...heard, agent].map(answerOf),
    awaited: silent.map((other) => ({ agent: other, seen: silenceOf(other) })),
  };
}

/** Who answers only now comes last; who does not is listed as serf saw it when the collection began. */
export function endCollection({ at, came, awaited }: Collection): HealthView {
  const late = awaited.map(({ agent, seen }) => (answers(agent) ? answerOf(agent) : seen));
  const nodes = [...came, ...late];
  return { at, ...overall(nodes), nodes };
}

/** A node reports its own membership; a restarted one that has not looked yet knows its name alone. */
function answerOf({ node, name, local }: HealthAgent): NodeHealth {
  return { node, name, member: local === null ? 'unknown' : 'alive', answer: local };
}

function silenceOf({ node, name, member }: HealthAgent): NodeHealth {
  return { node, name, member: member === 'left' ? 'alive' : member, answer: null };
}

/**
 * The first node in the order of arrival that does not run decides: unknown leaves the cluster without a status. A
 * failed member and the want of a master degrade it (satellite.md 3; recordings/satellite/node3-*, masters-left-*).
 */
function overall(nodes: NodeHealth[]): Pick<HealthView, 'status' | 'summary'> {
  const first = nodes.find(({ answer }) => answer?.status !== 'running');
  const status = first === undefined ? 'running' : (first.answer?.status ?? null);
  if (!nodes.some(({ node }) => node.role === 'master')) {
    return { status: 'degraded', summary: 'master node unavailable' };
  }
  const failed = nodes.some(({ member }) => member === 'failed');
  return { status: failed ? 'degraded' : status, summary: null };
}
