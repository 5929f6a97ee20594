import type { Cluster } from '../protocol/cluster.ts';
import { operationType } from './operation-type.ts';

/**
 * Why there is no plan where that is as it should be. idle: no operation is open, so there is nothing to plan · planless:
 * gravity runs the open one itself, such as the removal of a node, and shows its progress in status.
 */
export type PlanAbsence = 'idle' | 'planless';

/** What `gravity plan` answers then: that an operation is invalid, that there is none, or that its type has no plan. */
const absent: ReadonlySet<string> = new Set(['gravity.no-plan', 'gravity.no-operation', 'gravity.error']);

/** Null where the plan was read, and where its absence is a problem or not understood: with status unread nothing is known. */
export function planAbsence({ status, sources }: Cluster): PlanAbsence | null {
  const { state, problem } = sources.plan;
  if (state !== 'failing' || status === null || problem === null || !absent.has(problem.code)) return null;
  const [open] = status.activeOperations;
  if (open !== undefined) return operationType(open.type).hasPlan ? null : 'planless';
  if (problem.code === 'gravity.no-operation') return 'idle';
  const last = status.operation;
  if (last !== null && !operationType(last.type).hasPlan && /cannot display plan/.test(problem.sentence))
    return last.state === 'failed' ? 'planless' : 'idle';
  if (problem.code === 'gravity.error') return null;
  return last === null || last.state === 'completed' ? 'idle' : null;
}
