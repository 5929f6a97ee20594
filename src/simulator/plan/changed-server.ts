import type { PlanDocument, ServerDocument } from '../plan-document.ts';

/** The node an operation is about as a whole: the one that joins, goes or gets another address; null for the others. */
export function changedServer({ operation_type, phases, servers }: PlanDocument): ServerDocument | null {
  if (operation_type === 'operation_expand') return phases[0]?.data?.server ?? null;
  if (operation_type === 'operation_shrink') return servers.at(-1) ?? null;
  if (operation_type === 'operation_reconfigure') return servers[0] ?? null;
  return null;
}
