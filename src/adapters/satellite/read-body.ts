import type { HttpAnswer } from '../../ports.ts';
import { clean } from '../../protocol/clean.ts';
import { type Foreign, foreign } from '../../protocol/foreign.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { transportProblem } from './transport-problem.ts';

/** An answer of the health endpoint as the object in its body; 200 and 503 alike are answers (satellite.md, trap 3). */
export function readBody(answer: HttpAnswer): Reading<{ root: Foreign; servedAt: string | null }> {
  if (!answer.ok) return { ok: false, problem: transportProblem(answer) };
  const text = new TextDecoder().decode(answer.body);
  if (answer.status !== 200 && answer.status !== 503) return refusedStatus(answer.status, text);
  const document = jsonDocument(text, 'the health answer');
  if (!document.ok) return document;
  const root = foreign(document.value);
  if (root === null) return unread('answer.wrong-shape', 'the health answer is not an object');
  return read({ root, servedAt: servedAt(answer.headers) });
}

function refusedStatus(status: number, text: string): Reading<never> {
  if (status === 400 && /HTTP request to an HTTPS server/i.test(text)) {
    return unread('health.plain-http', 'the health endpoint speaks https and was asked in plain http');
  }
  const said = clean(text).trim().split('\n')[0]?.slice(0, 120) ?? '';
  return unread(
    'health.error',
    `the health endpoint answered with HTTP ${status}${said === '' ? '' : `: ${said}`}`,
  );
}

/** The Date header: the same clock as the timestamp in the body. */
function servedAt(headers: Record<string, string>): string | null {
  const date = Object.entries(headers).find(([name]) => name.toLowerCase() === 'date')?.[1];
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
