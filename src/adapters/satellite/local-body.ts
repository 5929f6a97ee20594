import type { HttpAnswer } from '../../ports.ts';
import type { Health } from '../../protocol/health.ts';
import type { Reading } from '../../protocol/problem.ts';
import { localFromDocument } from './local-document.ts';
import { readBody } from './read-body.ts';

/** The answer to `GET /local` of the health endpoint. */
export function readLocalBody(answer: HttpAnswer): Reading<Health> {
  const body = readBody(answer);
  return body.ok ? localFromDocument(body.value.root, body.value.servedAt) : body;
}
