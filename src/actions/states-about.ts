import { allLeaves, indexPlan, leavesOf } from '../model/phase-tree.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { PhaseState } from '../protocol/phase.ts';
import type { ActionRow } from './row.ts';

type About = { args: Record<string, unknown>; leaves: readonly string[] };

/**
 * The states of the phases that something needing control is about, by id: those it runs and those under the phase it
 * names; of the whole plan where it works on the operation and names none (`operation.complete`).
 */
export function statesAbout(
  { wheel, scope, lane }: ActionRow,
  { plan }: Cluster,
  { args, leaves }: About,
): Record<string, PhaseState> {
  if (plan === null || !wheel) return {};
  const index = indexPlan(plan);
  const named = typeof args['phase'] === 'string' ? leavesOf(index, args['phase']) : [];
  const run = leaves.flatMap((id) => index.byId.get(id) ?? []);
  const isWhole = scope === 'operation' && lane === 'cluster' && named.length + run.length === 0;
  const whole = isWhole ? allLeaves(plan) : [];
  return Object.fromEntries([...named, ...run, ...whole].map(({ id, state }) => [id, state]));
}
