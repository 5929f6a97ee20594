import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Reach } from './execution-walk.ts';
import { standing } from './place.ts';

export type KnownAgents = readonly { hostname: string; state: 'deployed' | 'offline' | 'unknown' }[] | null;

/**
 * Where leaves would run if the commands were given here. An agent that does not know its own node is taken to stand
 * on the lead; where there is no lead either, every leaf counts as local, so that nothing is refused on that ground.
 * `agents` are those freshly asked; else the last good list counts, while its source is good.
 */
export function reachOf(cluster: Cluster, agents: KnownAgents): Reach {
  const { here, lead } = standing(cluster);
  const at = here ?? lead?.hostname ?? null;
  const ip = here === null ? (lead?.ip ?? null) : cluster.place.ip;
  const known = agents ?? (cluster.sources.agents.state === 'good' ? cluster.agents : null) ?? [];
  const offline = new Set(known.filter((each) => each.state === 'offline').map((each) => each.hostname));
  const local = new Set(
    (cluster.plan?.servers ?? [])
      .filter((server) => server.hostname === at || server.ip === ip || server.ip === at)
      .map((server) => server.hostname),
  );
  return {
    isLocal: ({ runsOn }: Phase) =>
      runsOn === null || (at === null && ip === null) || runsOn === at || local.has(runsOn),
    hasNoAgent: ({ runsOn }: Phase) => runsOn !== null && offline.has(runsOn),
  };
}
