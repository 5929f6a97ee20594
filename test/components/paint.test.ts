import { renderToString } from 'ink';
import { createElement } from 'react';
import { expect, test } from 'vitest';
import { Lines } from '../../components/lines.tsx';
import { paint } from '../../components/paint.ts';
import { glyphs } from '../../src/theme/glyphs.ts';
import { marks } from '../../src/theme/marks.ts';
import { roles } from '../../src/theme/roles.ts';

test('a cell with a role is wrapped in its codes and reset, a plain one is itself', () => {
  expect(paint([{ text: 'a' }, { text: 'b', role: 'bad' }], true)).toBe('a\u001b[1;31mb\u001b[0m');
});

test('without colour weight stays, and a role that is colour alone is plain', () => {
  expect(
    paint(
      [
        { text: 'a', role: 'bad' },
        { text: 'b', role: 'good' },
      ],
      false,
    ),
  ).toBe('\u001b[1ma\u001b[0mb');
});

test('blanks carry no codes, but where they are reversed', () => {
  expect(
    paint(
      [
        { text: '  ', role: 'faint' },
        { text: ' ', role: 'chosen' },
      ],
      true,
    ),
  ).toBe('  \u001b[7m \u001b[0m');
});

test('only the terminal’s own 16 colours are used', () => {
  for (const { colour } of Object.values(roles)) expect(colour).toMatch(/^(3[0-7]|9[0-7])?$/);
});

test('every line is drawn on a line of its own, empty ones too', () => {
  const text = renderToString(createElement(Lines, { lines: ['one', '', 'three'] }), { columns: 20 });
  expect(text.split('\n').map((line) => line.trimEnd())).toEqual(['one', '', 'three']);
});

test('every state has a mark, an ASCII twin and a word, so that colour alone tells none', () => {
  for (const { mark, ascii, word } of Object.values(marks)) {
    expect([...mark]).toHaveLength(1);
    expect(ascii).toMatch(/^[\x20-\x7e]$/);
    expect(word).not.toBe('');
  }
  for (const [, ascii] of Object.values(glyphs)) expect(ascii).toMatch(/^[\x20-\x7e]+$/);
});

test('states of a phase have marks of their own, in ASCII as well', () => {
  const states = ['completed', 'running', 'partly', 'failed', 'rolled_back', 'unstarted', 'unknown'] as const;
  expect(new Set(states.map((state) => marks[state].mark)).size).toBe(states.length);
  expect(new Set(states.map((state) => marks[state].ascii)).size).toBe(states.length);
});
