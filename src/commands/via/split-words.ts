/**
 * A command line's words, as a shell would part them and without one: quotes and backslashes are honoured, nothing is
 * expanded. Null when a quote or a backslash is left open.
 */
export function splitWords(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const next = characters[at + 1];
    if (character === '\\' && escapes(quote, next)) {
      if (next === undefined) return null;
      word = (word ?? '') + next;
      at += 1;
    } else if (character === quote) quote = null;
    else if (quote === null && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === null && /\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== null) return null;
  return word === null ? words : [...words, word];
}

/** Within single quotes a backslash is itself, within double quotes before all but a quote and itself (POSIX sh 2.2). */
function escapes(quote: '"' | "'" | null, next: string | undefined): boolean {
  if (quote === null) return true;
  return quote === '"' && (next === '"' || next === '\\');
}
