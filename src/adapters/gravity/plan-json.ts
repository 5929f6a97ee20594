import type { Plan } from '../../protocol/plan.ts';
import type { Reading } from '../../protocol/problem.ts';
import { gravityJson } from './gravity-json.ts';
import { planFromDocument } from './plan-document.ts';

/** `gravity plan --output=json` (recordings/plans/*.json): the whole plan, or why it cannot be believed. */
export function readPlanJson(text: string): Reading<Plan> {
  const document = gravityJson(text, 'the plan');
  if (!document.ok) return document;
  const plan = planFromDocument(document.value);
  return plan.ok ? { ...plan, remarks: document.remarks } : plan;
}
