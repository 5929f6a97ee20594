import { meantOperation } from '../model/active-operation.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { PlannedStep } from './row.ts';

/** A gravity command: its words, then its options, each value in the same word. Never -q: it silences data (client-facts 18). */
export function gravityStep(
  command: string,
  options: readonly string[],
  phase: string | null = null,
): PlannedStep {
  return { program: 'gravity', argv: [...command.split(' '), ...options], phase };
}

/**
 * A `gravity plan …` command about the operation the state shows: its id is always named where it is known, so that a
 * newer operation started meanwhile is not taken for it (engine-observed 8).
 */
export function planStep(
  cluster: Cluster,
  command: string,
  about: { options?: readonly string[]; phase?: string | null } = {},
): PlannedStep {
  const { options = [], phase = null } = about;
  const id = meantOperation(cluster)?.id ?? null;
  const named = id === null ? [] : [`--operation-id=${id}`];
  return gravityStep(command, [...options, ...named], phase);
}

/** Something the agent does itself. */
export function agentStep(...words: string[]): PlannedStep {
  return { program: 'agent', argv: words, phase: null };
}
