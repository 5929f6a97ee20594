import { expect, test } from 'vitest';
import { clean, cleanLine } from '../../src/protocol/clean.ts';

const hostile: [string, string, string][] = [
  ['a colour', '\x1b[31mred\x1b[0m', 'red'],
  ['a colour by the 8 bit CSI', '\x9b31mred', 'red'],
  ['a private mode', 'a\x1b[?1049hb', 'ab'],
  ['a cursor style with an intermediate', 'a\x1b[2 qb', 'ab'],
  ['a title ended by BEL', 'a\x1b]0;evil\x07b', 'ab'],
  ['a link ended by ST', '\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\', 'text'],
  ['a clipboard write by 8 bit OSC', 'a\x9d52;c;ZXZpbA==\x9cb', 'ab'],
  ['a device control string', 'a\x1bPq#0\x1b\\b', 'ab'],
  ['an application string', 'a\x1b_Gf=100\x1b\\b', 'ab'],
  ['a reset', 'a\x1bcb', 'ab'],
  ['a character set', 'a\x1b(0b', 'ab'],
  ['a lone escape at the end', 'a\x1b', 'a'],
  ['a sequence hidden in a sequence', 'a\x1b\x1b[31m[31mb', 'a[31mb'],
  ['a sequence split by a bidi control', 'a\x1b\u202e[31mb', 'a[31mb'],
  ['an unterminated title keeps its text', 'a\x1b]0;evil', 'a0;evil'],
  ['bidi overrides and isolates', '\u202eabc\u202c\u2066d\u2069\u200ee\u200ff\u061cg', 'abcdefg'],
  ['backspaces, bells and nulls', 'a\bb\x07c\0d\x7fe', 'abcde'],
  ['a carriage return before a newline', 'a\r\nb\rc', 'a\nbc'],
  ['a tab is a space', 'a\tb', 'a b'],
  ['a half surrogate', 'a\ud800b', 'a\ufffdb'],
];

for (const [name, text, expected] of hostile) {
  test(`text is made harmless: ${name}`, () => {
    expect(clean(text)).toBe(expected);
    expect(clean(clean(text))).toBe(clean(text));
  });
}

test('harmless text stays as it is, newlines included', () => {
  const text = 'Führe "x" aus → ✓ 100%\n  日本 🚀 e\u0301';
  expect(clean(text)).toBe(text);
});

test('a line has no newline and no blank ends', () => {
  expect(cleanLine(' a\nb\t\n')).toBe('a b');
});

test('hostile text of a megabyte is cleaned without going back and forth', () => {
  for (const piece of ['\x1b]', '\x9d', '\x1bP', '\x1b[', '\x1b[1;']) {
    expect(clean(piece.repeat(500_000))).not.toMatch(/[\x1b\x90-\x9f]/);
  }
});
