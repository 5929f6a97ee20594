import type { HttpAnswer } from '../../ports.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import type { Reading } from '../../protocol/problem.ts';
import { historyFromDocument } from './history-document.ts';
import { readBody } from './read-body.ts';

/** The answer to `GET /history` of the health endpoint, oldest first. */
export function readHistoryBody(answer: HttpAnswer): Reading<HistoryEvent[]> {
  const body = readBody(answer);
  return body.ok ? historyFromDocument(body.value.root) : body;
}
