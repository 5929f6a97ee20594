import { type Foreign, foreign, foreignObjects } from '../../protocol/foreign.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';

/** The items of a list `kubectl -o json` printed through `gravity exec`, whose warnings may come first on the same stream. */
export function kubectlItems(text: string, what: string): Reading<Foreign[]> {
  const start = /^\{/m.exec(text)?.index ?? 0;
  const document = jsonDocument(text.slice(start), what);
  if (!document.ok) return document;
  const items = foreign(document.value)?.['items'];
  return Array.isArray(items)
    ? read(foreignObjects(items))
    : unread('answer.wrong-shape', `${what} has no items`);
}
