import { documentKind, type SavedKind, textKinds } from './saved-kind.ts';

/** One output in a saved file, with whatever stands between it and the next one. */
export type SavedBlock = { kind: SavedKind; text: string };

/**
 * The outputs in a saved text, in order: a ticket holds prompts, log lines and several commands. Lines before the first
 * output belong to none.
 */
export function savedBlocks(text: string): SavedBlock[] {
  const blocks: OpenBlock[] = [];
  let open: OpenBlock | null = null;
  for (let at = 0; at < text.length; ) {
    const document = documentAt(text, at);
    if (document?.kind)
      blocks.push({ kind: document.kind, text: unwrapped(document.text), names: new Set() });
    if (document !== null) {
      if (document.kind !== null) open = null;
      at = document.end;
      continue;
    }
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    const block = blockAfter(open, line);
    if (block !== null && block !== open) blocks.push(block);
    if (block !== null) block.text += line;
    open = block;
    at = end;
  }
  return blocks.map(({ kind, text: own }) => ({ kind, text: own }));
}

type OpenBlock = SavedBlock & { names: Set<string> };

/** The output a line belongs to: the open one, or a new one that it begins; null before the first. */
function blockAfter(open: OpenBlock | null, line: string): OpenBlock | null {
  const row = textKinds.find((each) => each.line.test(line));
  if (row === undefined) return open;
  const name = row.line.exec(line)?.[1] ?? null;
  const again = open?.kind !== row.kind || (name !== null && open.names.has(name));
  const block = again || open === null ? { kind: row.kind, text: '', names: new Set<string>() } : open;
  if (name !== null) block.names.add(name);
  return block;
}

type FoundDocument = { kind: SavedKind | null; text: string; end: number };

/**
 * The document in JSON that begins on the line at `at`: one that is known, be it cut off, or a whole one that is not,
 * as a log line; null for other lines, as the prompt `[root@master ~]#`.
 */
function documentAt(text: string, at: number): FoundDocument | null {
  const start = skipBlanks(text, at);
  if (text[start] !== '{' && text[start] !== '[') return null;
  const kind = documentKind(text.slice(start, start + 64 * 1024));
  const end = endOfDocument(text, start);
  const document = text.slice(start, end ?? text.length);
  if (kind === null && (end === null || !isJson(document))) return null;
  return { kind, text: document, end: end ?? text.length };
}

function endOfDocument(text: string, start: number): number | null {
  const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|["[\]{}]/g;
  tokens.lastIndex = start;
  let depth = 0;
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) {
    const [token] = found;
    if (token === '"') return null;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return found.index + 1;
  }
  return null;
}

/** A terminal that wrapped a long line leaves newlines in its strings, where JSON has none. */
function unwrapped(document: string): string {
  if (isJson(document)) return document;
  const joined = document.replaceAll('\n', '');
  return isJson(joined) ? joined : document;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function skipBlanks(text: string, at: number): number {
  let start = at;
  while (text[start] === ' ') start += 1;
  return start;
}
