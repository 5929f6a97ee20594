import type { AtWork } from '../protocol/at-work.ts';
import type { Cluster } from '../protocol/cluster.ts';

/**
 * The gravity processes seen at work here, at most 5 s ago, that name this phase, a group above it, or the whole plan. None
 * is no proof where `Cluster.atWork` is null.
 */
export function atWorkOn({ atWork }: Pick<Cluster, 'atWork'>, phase: string): AtWork {
  return (atWork ?? []).filter(({ command }) => {
    const named = /--phase[= ](\S+)/.exec(command)?.[1] ?? null;
    return named === null || phase === named || phase.startsWith(`${named}/`);
  });
}
