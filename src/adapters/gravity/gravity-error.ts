import { clean } from '../../protocol/clean.ts';
import { foreign, foreignName } from '../../protocol/foreign.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { demangle } from './demangle.ts';

/** What gravity said when it failed: its first line, the lines below it, and the last word of a nested remote error. */
export type GravityError = { sentence: string; cause: string[]; remote: string | null };

/**
 * The error on gravity's standard error (client-facts 2): colours stripped, log lines before it left out, a remote
 * error nested in it found by its second `[ERROR]:`. `plan --tail` prints `{"message": …}` instead of a sentence.
 * Without an `[ERROR]:` the first line that is no log line serves. No sentence is longer than 400 characters.
 */
export function gravityError(stderr: string): GravityError {
  const [before = '', ...marked] = clean(stderr).split('[ERROR]:');
  const text = marked.length > 0 ? marked.join('') : before;
  const [first = '', ...cause] = linesOf(text);
  const nested = marked.length > 1 ? linesOf(marked.at(-1) ?? '')[0] : undefined;
  return {
    sentence: clip(unwrapped(first) || 'gravity failed and printed no error'),
    cause: cause.map(clip),
    remote: nested === undefined ? null : clip(nested),
  };
}

const longest = 400;

function linesOf(text: string): string[] {
  return demangle(text)
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '' && !/^time="[^"]*" level=/.test(line));
}

function unwrapped(line: string): string {
  if (!line.startsWith('{')) return line;
  const document = jsonDocument(line, 'the error');
  return (document.ok ? foreignName(foreign(document.value)?.['message']) : null) ?? line;
}

function clip(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
