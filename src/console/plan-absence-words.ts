import { operationName } from '../model/operation-name.ts';
import { planAbsence } from '../model/plan-absence.ts';
import type { Cluster } from '../protocol/cluster.ts';

/** Where there is rightly no plan: what is said in its place, and how far gravity is; null where a plan should be there. */
export function planAbsenceWords(cluster: Cluster): { text: string; progress: string | null } | null {
  const absence = planAbsence(cluster);
  if (absence === null) return null;
  if (absence === 'idle')
    return { text: 'No operation is open, so there is no plan. No action needed.', progress: null };
  const operation = cluster.status?.activeOperations[0] ?? cluster.status?.operation ?? null;
  const name = operationName(operation?.type ?? null);
  const progress = operation?.progress ?? null;
  return {
    text: `The ${name} has no plan: gravity runs it automatically.`,
    progress: `${operation?.description ?? name}: ${operation?.state ?? 'unknown'}${progress === null ? '' : `, ${progress}`}`,
  };
}
