import type { HttpAnswer } from '../../ports.ts';
import type { Health } from '../../protocol/health.ts';
import type { Reading } from '../../protocol/problem.ts';
import { healthFromDocument } from './health-document.ts';
import { readBody } from './read-body.ts';

/** The answer to `GET /` of the health endpoint (recordings/satellite/*.body.json). */
export function readStatusBody(answer: HttpAnswer): Reading<Health> {
  const body = readBody(answer);
  return body.ok ? healthFromDocument(body.value.root, body.value.servedAt) : body;
}
