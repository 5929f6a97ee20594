import type { WhyFacts } from '../model/why/asked.ts';
import { next } from '../model/why/next.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { NextStep, Why } from '../protocol/why.ts';
import { judge } from './judge.ts';

/**
 * The why with the literal commands of the action it advises, with the right binary's path. An action that would be
 * refused here and now is not advised: what it would be is said with why not, as work to do first.
 */
export function withCommands(cluster: Cluster, why: Why, facts: Pick<WhyFacts, 'now' | 'agents'>): Why {
  const { action, args, text } = why.next;
  if (action === null) return why;
  const agents = facts.agents === null ? null : [...facts.agents];
  const verdict = judge({ cluster, action, args, facts: { pods: null, agents, now: facts.now } });
  if (verdict.allowed) return { ...why, next: { ...why.next, commands: verdict.commands } };
  const first: NextStep = next.hand(`${verdict.nextStep ?? 'not now'}: ${verdict.reason}`);
  return { ...why, next: first, after: `then ${text}${why.after === null ? '' : `; ${why.after}`}` };
}
