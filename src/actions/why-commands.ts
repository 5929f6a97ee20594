import type { Cluster } from '../protocol/cluster.ts';
import type { Why } from '../protocol/why.ts';
import { judge } from './judge.ts';

/** The why with the literal commands of the action it advises, with the right binary's path. */
export function withCommands(cluster: Cluster, why: Why, now: number): Why {
  const { action, args } = why.next;
  if (action === null) return why;
  const facts = { pods: null, agents: cluster.agents, now };
  const { commands } = judge({ cluster, action, args, facts });
  return { ...why, next: { ...why.next, commands } };
}
