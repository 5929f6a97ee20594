import { describe, expect, test } from 'vitest';
import { clip, column, columnRight, width, wrap } from '../../src/console/cells.ts';

describe('text is cut by cells, never by characters', () => {
  const rows = [
    { text: 'master-1', cells: 8, cut: 'master-1' },
    { text: 'master-1', cells: 5, cut: 'mast…' },
    { text: '日本語ノード', cells: 7, cut: '日本語…' },
    { text: '日本語ノード', cells: 6, cut: '日本…' },
    { text: 'e\u0301e\u0301e\u0301e\u0301', cells: 3, cut: 'e\u0301e\u0301…' },
    { text: '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', cells: 3, cut: '👩‍👩‍👧‍👦…' },
    { text: 'anything', cells: 0, cut: '' },
  ];
  for (const { text, cells, cut } of rows)
    test(`${text} in ${cells} cells is ${cut === '' ? 'nothing' : cut}`, () => {
      expect(clip(text, cells)).toBe(cut);
      expect(width(clip(text, cells))).toBeLessThanOrEqual(cells);
    });
});

test('no control character and no bidirectional control survives', () => {
  const hostile = 'a\u001b[2Jb\u009b31mc\u202ed\u2066e\u0000f\u0007\rg\u200f';
  for (const cells of [3, 8, 40])
    expect(clip(hostile, cells)).not.toMatch(
      /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/,
    );
  expect(wrap(hostile, 10).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});

test('several lines on one are parted by a space', () => {
  expect(clip('CoreDNS-1.7.0\nlinux/amd64, go1.14.4\n', 60).trimEnd()).toBe(
    'CoreDNS-1.7.0 linux/amd64, go1.14.4',
  );
});

test('a column is exactly as wide as asked, wide characters or not', () => {
  for (const text of ['', 'a', 'master-1', '日本語ノード', 'e\u0301'])
    for (const cells of [1, 4, 9]) {
      expect(width(column(text, cells))).toBe(cells);
      expect(width(columnRight(text, cells))).toBe(cells);
    }
});

test('wrapping loses no word, and a word longer than the line is cut into pieces', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('aaaaaaaaaa b', 4)).toEqual(['aaaa', 'aaaa', 'aa b']);
  expect(wrap('first\nsecond', 20)).toEqual(['first', 'second']);
});
