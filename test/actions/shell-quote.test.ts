import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellQuote } from '../../src/actions/shell-quote.ts';

describe('a command line to copy', () => {
  it('leaves plain words as they are', () => {
    expect(shellQuote(['gravity', 'plan', 'execute', '--phase=/init/node-1'])).toBe(
      'gravity plan execute --phase=/init/node-1',
    );
  });

  it('comes back from a real shell as the very same words', () => {
    const words = ['a b', "it's", '$HOME', '`id`', '', '*', '~', '"', '\\', 'ünï', ';', '&&', '#x'];
    const back = execFileSync('sh', ['-c', `printf '%s\\n' ${shellQuote(words)}`], { encoding: 'utf8' });
    expect(back.split('\n').slice(0, -1)).toEqual(words);
  });
});
