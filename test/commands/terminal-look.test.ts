import { expect, test } from 'vitest';
import { terminalLook } from '../../src/commands/terminal-look.ts';
import { contextOf } from './one-shot.ts';

for (const [term, colour] of [
  ['xterm-256color', true],
  ['tmux', true],
  ['linux', true],
  ['xterm-mono', false],
  ['xterm-m', false],
  ['vt220', false],
  ['dumb', false],
] as const)
  test(`TERM=${term} ${colour ? 'has' : 'gets no'} colours`, () => {
    const context = contextOf({ env: { TERM: term, LANG: 'C.UTF-8' } }, { out: '', err: '' });
    expect(terminalLook(context, {}).colour).toBe(colour);
  });
