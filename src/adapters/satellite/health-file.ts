import { type Foreign, foreign } from '../../protocol/foreign.ts';
import type { Health } from '../../protocol/health.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { type Reading, unread } from '../../protocol/problem.ts';
import { healthFromDocument } from './health-document.ts';
import { localFromDocument } from './local-document.ts';

/** A saved body of `/` or `/local`, told apart by `/local` naming its node at the top. */
export function readHealthFile(bytes: Uint8Array): Reading<Health> {
  const document = jsonDocument(new TextDecoder().decode(bytes), 'the health answer');
  if (!document.ok) return document;
  const root = foreign(document.value);
  if (root === null) return unread('answer.wrong-shape', 'the health answer is not an object');
  if (root['name'] !== undefined) return localFromDocument(root, null);
  return looksLikeStatus(root) ? healthFromDocument(root, null) : notHealth(root);
}

function looksLikeStatus(root: Foreign): boolean {
  return (
    Object.keys(root).length === 0 ||
    ['status', 'nodes', 'timestamp', 'summary', 'error'].some((key) => key in root)
  );
}

function notHealth(root: Foreign): Reading<Health> {
  const history = Array.isArray(root['events']);
  return unread('answer.wrong-shape', `this is ${history ? 'a history, not' : 'not'} a body of / or /local`);
}
