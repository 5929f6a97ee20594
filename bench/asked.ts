import { seedList } from './estimate/seed-list.ts';

/** What `npm run bench` is asked for: which benches, as JSON or not, and for those that draw lots the seeds. */
export type Asked = { names: readonly string[]; json: boolean; seeds: readonly number[] };

const everySeed = Array.from({ length: 100 }, (_none, at) => at + 1);

/** Reads `[NAME…] [--json] [--seeds LIST]`; a sentence where it is not understood. No name is every bench there is. */
export function asked(words: readonly string[], benches: readonly string[]): Asked | string {
  const names: string[] = [];
  let json = false;
  let seeds: readonly number[] | null = everySeed;
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', value] = (words[at] ?? '').split('=', 2);
    if (word === '--json' && value === undefined) json = true;
    else if (word === '--seeds') {
      // The list is the rest of the word, or the next one.
      if (value === undefined) at += 1;
      seeds = seedList(value ?? words[at] ?? '');
      if (seeds === null) return '--seeds takes whole numbers from 1, like 1,2,3 or 1-20';
    } else if (word.startsWith('-'))
      return `no option named ${words[at]}. Next: --json or --seeds LIST (1,2,3 or 1-20)`;
    else if (!benches.includes(word)) return `no bench named ${word}. Next: one of ${benches.join(', ')}`;
    else names.push(word);
  }
  return { names: names.length > 0 ? names : benches, json, seeds };
}
