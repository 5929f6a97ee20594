import type { AtWork } from '../protocol/at-work.ts';
import type { Cluster } from '../protocol/cluster.ts';

/**
 * The gravity processes seen at work here, at most 5 s ago, that name this phase, a group above it, or the whole plan. None
 * is no proof where `Cluster.atWork` is null.
 */
export function atWorkOn({ atWork }: Pick<Cluster, 'atWork'>, phase: string): AtWork {
  return (atWork ?? []).filter(({ command }) => worksOn(command, phase));
}

/** The phase that a command line names, null where it is about the whole plan. */
export function phaseNamedBy(command: string): string | null {
  return /--phase[= ](\S+)/.exec(command)?.[1] ?? null;
}

/** Whether the command line of a gravity at work names this phase, a group above it, or the whole plan. */
export function worksOn(command: string, phase: string): boolean {
  const named = phaseNamedBy(command);
  return named === null || phase === named || phase.startsWith(`${named}/`);
}
