import fuzzysort from 'fuzzysort';

/** What can be looked for: its name, what else it is called, and a sentence about it. */
export type Findable = { name: string; others: readonly string[]; help: string; destroys: boolean };

/**
 * How well an entry answers a query in lower case, 0 not at all: 5 it is called so · 4 its name begins so · 3 another name
 * or a word of one does · 2 every word of the query begins one · 1 a sentence of the query is in its help · below 1 its
 * letters are in the name in that order. What destroys is never offered for less than the beginning of a word.
 */
export function likeness(wanted: string, { name, others, help, destroys }: Findable): number {
  const names = [name, ...others].map((one) => one.toLowerCase());
  if (names.includes(wanted)) return 5;
  if (name.toLowerCase().startsWith(wanted)) return 4;
  const words = names.flatMap((one) => one.split(/[\s./:=-]+/)).filter((word) => word !== '');
  if ([...names, ...words].some((word) => word.startsWith(wanted))) return 3;
  const parts = wanted.split(/\s+/);
  if (parts.length > 1 && parts.every((part) => words.some((word) => word.startsWith(part)))) return 2;
  const isSentence = parts.length > 2 && help.toLowerCase().includes(wanted);
  if (isSentence) return 1;
  if (destroys || wanted.length < 3) return 0;
  return names.some((one) => one.includes(wanted))
    ? 0.99
    : (fuzzysort.single(wanted, name)?.score ?? 0) * loosest(wanted, name);
}

/** Letters of a query strewn over a much longer name are chance. */
function loosest(wanted: string, name: string): number {
  return wanted.length * 3 >= name.length ? 0.9 : 0;
}
