import * as v from 'valibot';
import type { ActionRow } from './row.ts';

/**
 * Makes a row whose arguments are typed fit the one table: every function parses the arguments by the row's own schema
 * first, so a row can be called with what came over the wire. Arguments that do not fit throw: `judge` checks before.
 */
export function defineAction<Args extends Record<string, unknown>>(row: ActionRow<Args>): ActionRow {
  const typed = (args: Record<string, unknown>): Args => v.parse(row.args, args);
  const { reason, standsFor, ...rest } = row;
  return {
    ...rest,
    confirm: (cluster, args) => row.confirm(cluster, typed(args)),
    steps: (args, cluster, facts) => row.steps(typed(args), cluster, facts),
    blockedBy: (cluster, args, facts) => row.blockedBy(cluster, typed(args), facts),
    impact: (cluster, args, facts) => row.impact(cluster, typed(args), facts),
    ...(reason && { reason: (cluster, args) => reason(cluster, typed(args)) }),
    ...(standsFor && { standsFor: (cluster, args) => standsFor(cluster, typed(args)) }),
  };
}
