import type { Event } from '../protocol/event.ts';
import type { UpdateAgent } from '../protocol/update-agent.ts';
import { same } from './same.ts';

/** Gravity lists its update agents in random order (data.md 4.4): they are kept by host name. */
export function agentsChanges(
  before: readonly UpdateAgent[] | null,
  read: readonly UpdateAgent[],
  seen: string,
): Event[] {
  const agents = read.toSorted((one, other) => (one.hostname < other.hostname ? -1 : 1));
  return before !== null && same(before, agents) ? [] : [{ kind: 'agents.read', seen, agents }];
}
