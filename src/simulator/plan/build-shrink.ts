import type { PlanDocument } from '../plan-document.ts';
import { type PlanRequest, planDocument } from './plan-request.ts';

/** Removing a node has no plan: gravity shows none, and there is nothing to execute (operations.md 8). */
export function buildShrink(request: PlanRequest): PlanDocument {
  return planDocument(request, { type: 'operation_shrink', phases: [] });
}
