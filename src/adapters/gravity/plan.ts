import { clean } from '../../protocol/clean.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Reading, unread } from '../../protocol/problem.ts';
import { gravityError } from './gravity-error.ts';
import { readPlanJson } from './plan-json.ts';
import { isHeader, readPlanText } from './plan-text.ts';
import { readPlanYaml } from './plan-yaml.ts';

/** A saved plan in any of gravity's four formats, recognised by how it looks. `now` in epoch ms, for years left out. */
export async function readPlan(bytes: Uint8Array, now: number): Promise<Reading<Plan>> {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return unread('answer.empty', 'the plan is empty');
  if (/^\s*[[{]/.test(text)) return readPlanJson(text);
  if (clean(text).split('\n').some(isHeader)) return readPlanText(text, now);
  if (/^(operation_?id|phases): ?/m.test(text)) return readPlanYaml(text);
  if (text.includes('[ERROR]:')) {
    return unread(
      'gravity.error',
      `this is not a plan but an error of gravity: ${gravityError(text).sentence}`,
    );
  }
  return unread('answer.wrong-shape', 'this is not a plan in json, yaml, text or short');
}
