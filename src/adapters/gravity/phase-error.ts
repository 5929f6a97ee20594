import { type Foreign, foreign, foreignList } from '../../protocol/foreign.ts';
import { printedText } from './printed-text.ts';

/**
 * The sentence of a stored error: the message of its innermost error (`RawTrace`, data.md 1.6), or the error itself
 * where it is a string. In YAML the inner error is a list of the bytes of its JSON (recordings/plans/failed-3m2w.yaml).
 */
export function phaseError(value: unknown, depth = 0): string | null {
  if (depth > deepest) return null;
  const node = foreign(value);
  if (node === null) return printedText(value)?.trim() || null;
  return phaseError(innerError(node), depth + 1) ?? phaseError(node['message'], depth + 1);
}

const deepest = 16;

function innerError(node: Foreign): unknown {
  const bytes = foreignList(node['err']).filter((byte) => typeof byte === 'number');
  if (bytes.length === 0) return node['error'];
  const text = new TextDecoder().decode(Uint8Array.from(bytes));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
