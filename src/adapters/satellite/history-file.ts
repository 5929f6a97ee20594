import { foreign } from '../../protocol/foreign.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { type Reading, unread } from '../../protocol/problem.ts';
import { historyFromDocument } from './history-document.ts';

/** A saved body of `/history`, oldest event first. */
export function readHistoryFile(bytes: Uint8Array): Reading<HistoryEvent[]> {
  const document = jsonDocument(new TextDecoder().decode(bytes), 'the history');
  if (!document.ok) return document;
  const root = foreign(document.value);
  return root === null
    ? unread('answer.wrong-shape', 'the history is not an object')
    : historyFromDocument(root);
}
