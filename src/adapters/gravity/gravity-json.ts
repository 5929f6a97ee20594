import { jsonDocument } from '../../protocol/json-document.ts';
import { type Reading, read } from '../../protocol/problem.ts';
import { isMangled, repairDocument } from './demangle.ts';

/**
 * A JSON document gravity printed. One that its Printf broke (a `%` before a quote or a backslash) is repaired and
 * read again; whatever bears marks of Printf carries the remark `text-mangled`. `what` begins the sentence.
 */
export function gravityJson(text: string, what: string): Reading<unknown> {
  const mangled = isMangled(text);
  const first = jsonDocument(text, what);
  if (first.ok || !mangled) return first.ok ? read(first.value, mangled ? ['text-mangled'] : []) : first;
  const second = jsonDocument(repairDocument(text), what);
  return second.ok ? read(second.value, ['text-mangled']) : first;
}
