import { foreignText } from '../../protocol/foreign.ts';
import { demangle } from './demangle.ts';

/** A text out of a document gravity printed, cleaned and freed of the marks of Printf; null where there is none. */
export function printedText(value: unknown): string | null {
  const text = foreignText(value);
  return text === null ? null : demangle(text);
}
