import { clean } from '../protocol/clean.ts';

/**
 * The bytes of a saved output as the text gravity printed: UTF-8 or UTF-16 (PowerShell's `>`), with or without a byte
 * order mark, `\n` at the end of a line, plain blanks, no colors, nothing quoted.
 */
export function savedText(bytes: Uint8Array): string {
  const decoded = new TextDecoder(encodingOf(bytes)).decode(bytes);
  const lines = decoded.replace(/\r+\n|\r/g, '\n');
  return unquoted(clean(lines.replace(blanks, ' ').replace(invisible, '')));
}

/** What wikis, tickets and chats put in the place of a blank. */
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const invisible = /[\u200b\u2060\ufeff]/g;

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const sample = bytes.subarray(0, 4096);
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const most = sample.length / 4;
  if (odd > most && even < odd / 8) return 'utf-16le';
  return even > most && odd < even / 8 ? 'utf-16be' : 'utf-8';
}

/** The prefix of a mail's quotation or of an indented block taken off: it stands before the first line of an output. */
function unquoted(text: string): string {
  if (beginning.test(text)) return text;
  const prefix = quotedBeginning.exec(text)?.[1];
  if (prefix === undefined) return text;
  return text
    .split('\n')
    .map((line) =>
      line.startsWith(prefix) ? line.slice(prefix.length) : line.trim() === prefix.trim() ? '' : line,
    )
    .join('\n');
}

const first = String.raw`(?:Cluster (?:name|status|nodes):|Cluster:|Phase +(?:Description|State)|\d{4}-\d\d-\d\dT\S+ \[[A-Z]|[[{])`;
const beginning = new RegExp(`^${first}`, 'm');
const quotedBeginning = new RegExp(`^([ >|]+)${first}`, 'm');
