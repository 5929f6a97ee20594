import { expect, test } from 'vitest';
import { splitWords } from '../../../src/commands/via/split-words.ts';

const rows: [text: string, words: string[] | null][] = [
  ['', []],
  ['  ssh   root@node ', ['ssh', 'root@node']],
  ["tsh --cluster='a b' ssh x", ['tsh', '--cluster=a b', 'ssh', 'x']],
  ['ssh "a \\"b\\" \\n"', ['ssh', 'a "b" \\n']],
  ["ssh 'a\\'", ['ssh', 'a\\']],
  ['ssh a\\ b', ['ssh', 'a b']],
  ["ssh ''", ['ssh', '']],
  ['ssh $HOME *', ['ssh', '$HOME', '*']],
  ["ssh 'a", null],
  ['ssh "a', null],
  ['ssh a\\', null],
];

for (const [text, words] of rows)
  test(`${JSON.stringify(text)} is ${words === null ? 'left open' : JSON.stringify(words)}`, () => {
    expect(splitWords(text)).toEqual(words);
  });
