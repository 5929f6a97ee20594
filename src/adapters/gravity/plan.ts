import { clean } from '../../protocol/clean.ts';
import { opensLikeJson } from '../../protocol/json-document.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Reading, unread } from '../../protocol/problem.ts';
import { gravityError } from './gravity-error.ts';
import { readPlanJson } from './plan-json.ts';
import { readPlanText } from './plan-text.ts';
import { readPlanYaml } from './plan-yaml.ts';

/** A saved plan in any of gravity's four formats, recognised by how it looks. `now` in epoch ms, for years left out. */
export async function readPlan(bytes: Uint8Array, now: number): Promise<Reading<Plan>> {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return unread('answer.empty', 'the plan is empty');
  if (opensLikeJson(text)) return readPlanJson(text);
  const lines = clean(text).split('\n');
  if (lines.some((line) => /^Phase +(Desc|Stat)/.test(line))) return readPlanText(text, now);
  if (/^(operation_?id|phases): ?/m.test(text)) return readPlanYaml(text);
  if (text.includes('[ERROR]:')) {
    return unread(
      'gravity.error',
      `this is not a plan but an error of gravity: ${gravityError(text).sentence}`,
    );
  }
  if (lines.some(isTailLine)) {
    return unread(
      'saved.tail',
      'this is the log of gravity plan --tail, not a plan: it names only what changed',
    );
  }
  return unread('answer.wrong-shape', 'this is not a plan in json, yaml, text or short');
}

/** A line of `gravity plan --tail` (client-facts 13). */
function isTailLine(line: string): boolean {
  return /\[ *\d+\/ *\d+\] Phase \/\S+ is [a-z_]+/.test(line);
}
