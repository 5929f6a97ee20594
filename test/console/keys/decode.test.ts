import { describe, expect, test } from 'vitest';
import { decode, flush, freshDecoder } from '../../../src/console/keys/decode.ts';
import { createKeyboard } from '../../../src/console/keys/keyboard.ts';
import { handClock } from '../../driver/hand-clock.ts';

const rows = [
  { title: 'three letters in one chunk are three keys', chunks: ['jjj'], keys: ['j', 'j', 'j'] },
  { title: 'an arrow is one key', chunks: ['\u001b[A'], keys: ['up'] },
  { title: 'application mode says the same arrow', chunks: ['\u001bOB'], keys: ['down'] },
  { title: 'an arrow cut in two is one key', chunks: ['\u001b', '[C'], keys: ['right'] },
  { title: 'an arrow cut before its last byte is one key', chunks: ['\u001b[', 'D'], keys: ['left'] },
  { title: 'letters and arrows mix', chunks: ['j\u001b[Bk'], keys: ['j', 'down', 'k'] },
  {
    title: 'home, end and the pages',
    chunks: ['\u001b[H\u001b[F\u001b[5~\u001b[6~\u001b[1~\u001b[4~'],
    keys: ['home', 'end', 'pageup', 'pagedown', 'home', 'end'],
  },
  {
    title: 'control letters',
    chunks: ['\u0004\u0015\u000c\u0003'],
    keys: ['ctrl-d', 'ctrl-u', 'ctrl-l', 'ctrl-c'],
  },
  {
    title: 'enter, tab, backtab, backspace and space',
    chunks: ['\r\t\u001b[Z\u007f '],
    keys: ['enter', 'tab', 'shift-tab', 'backspace', 'space'],
  },
  { title: 'Alt and a letter is not the letter', chunks: ['\u001bxj'], keys: ['alt-x', 'j'] },
  { title: 'Alt and Enter is not Enter', chunks: ['\u001b\r'], keys: ['alt-enter'] },
  {
    title: 'two escapes and an arrow are Esc and the arrow',
    chunks: ['\u001b\u001b[A'],
    keys: ['esc', 'up'],
  },
  { title: 'F4 has no meaning', chunks: ['\u001bOS'], keys: [] },
  {
    title: 'pasted text is no key but one text',
    chunks: ['\u001b[200~yes\r\t\r\u001b[201~j'],
    keys: [{ pasted: 'yes\r\t\r' }, 'j'],
  },
  {
    title: 'a paste over many chunks is one text',
    chunks: ['a\u001b[200~ye', 's\r', '\u001b[20', '1~b'],
    keys: ['a', { pasted: 'yes\r' }, 'b'],
  },
  {
    title: 'of a paste without end the beginning is kept',
    chunks: ['\u001b[200~', 'a'.repeat(5000), 'b'.repeat(5000), '\u001b[201~j'],
    keys: [{ pasted: 'a'.repeat(4096) }, 'j'],
  },
  {
    title: 'mouse, focus and cursor reports are nothing',
    chunks: ['\u001b[<0;3;4M\u001b[I\u001b[12;40R'],
    keys: [],
  },
  { title: 'a reply about colours is nothing', chunks: ['\u001b]11;rgb:0000/0000/0000\u0007x'], keys: ['x'] },
  { title: 'letters beyond ASCII are themselves', chunks: ['öß日'], keys: ['ö', 'ß', '日'] },
  { title: 'an arrow with ctrl is the arrow', chunks: ['\u001b[1;5A'], keys: ['up'] },
];

describe('raw input becomes keys', () => {
  for (const { title, chunks, keys } of rows)
    test(title, () => {
      let state = freshDecoder;
      const got: unknown[] = [];
      for (const chunk of chunks) {
        const decoded = decode(state, chunk);
        state = decoded.state;
        got.push(...decoded.keys);
      }
      expect(got).toEqual(keys);
    });
});

test('a lone escape waits, and is the Esc key when nothing followed', () => {
  const { state, keys } = decode(freshDecoder, '\u001b');
  expect(keys).toEqual([]);
  expect(flush(state).keys).toEqual(['esc']);
});

describe('a sequence that a slow link tears apart', () => {
  const torn: readonly [string, readonly [string, number][], readonly string[]][] = [
    [
      'F4 behind its escape',
      [
        ['\u001b', 60],
        ['OS', 600],
      ],
      ['esc'],
    ],
    [
      'F4 before its last letter',
      [
        ['\u001bO', 60],
        ['S', 600],
      ],
      [],
    ],
    [
      'F4 in three',
      [
        ['\u001b', 60],
        ['O', 60],
        ['S', 600],
      ],
      ['esc'],
    ],
    [
      'a mouse report',
      [
        ['\u001b[<0;', 200],
        ['3;4M', 600],
      ],
      [],
    ],
    [
      'an arrow behind its escape',
      [
        ['\u001b', 60],
        ['[A', 600],
      ],
      ['esc', 'up'],
    ],
    [
      'but not Esc and a key pressed after it',
      [
        ['\u001b', 60],
        ['x', 600],
      ],
      ['esc', 'x'],
    ],
    [
      'nor letters typed long after Esc',
      [
        ['\u001b', 700],
        ['O', 600],
        ['S', 600],
      ],
      ['esc', 'O', 'S'],
    ],
  ];
  for (const [what, chunks, keys] of torn)
    test(what, async () => {
      const clock = handClock();
      const pressed: string[] = [];
      const keyboard = createKeyboard(clock, { press: (key) => void pressed.push(key), paste: () => {} });
      for (const [chunk, pause] of chunks) {
        keyboard.input(chunk);
        await clock.advance(pause);
      }
      expect(pressed).toEqual(keys);
    });
});

test('a torn sequence that nothing followed is nothing', () => {
  expect(flush(decode(freshDecoder, '\u001b[1').state).keys).toEqual([]);
});
