import stringWidth from 'string-width';

const plainAscii = /^[\x20-\x7e]*$/;
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many terminal cells a text takes; the one place where the console measures. */
export function width(text: string): number {
  return plainAscii.test(text) ? text.length : stringWidth(text);
}

/**
 * The text cut to at most `cells` terminal cells, the last one being `more` where something was cut. Never cuts a
 * grapheme in two and never lets a control character through, whatever came in.
 */
export function clip(text: string, cells: number, more = '…'): string {
  if (cells <= 0) return '';
  if (plainAscii.test(text)) return text.length <= cells ? text : text.slice(0, cells - 1) + more;
  // Several lines on one: words of two lines must not become one word.
  const safe = text.replace(/\s*\n\s*/g, ' ').replace(controls, '');
  return stringWidth(safe) <= cells ? safe : clipWide(safe, cells - 1) + more;
}

/** Clipped, and padded with spaces to exactly `cells`. */
export function column(text: string, cells: number, more = '…'): string {
  const clipped = clip(text, cells, more);
  return clipped + ' '.repeat(Math.max(0, cells - width(clipped)));
}

/** Padded on the left: for numbers and times. */
export function columnRight(text: string, cells: number, more = '…'): string {
  const clipped = clip(text, cells, more);
  return ' '.repeat(Math.max(0, cells - width(clipped))) + clipped;
}

/** Words put into lines of at most `cells`; a word longer than a line is cut into pieces, nothing is lost. */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n'))
    lines.push(...wrapLine(line.replace(controls, ''), Math.max(1, cells)));
  return lines;
}

function clipWide(text: string, cells: number): string {
  let out = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += stringWidth(segment);
    if (used > cells) break;
    out += segment;
  }
  return out;
}

function wrapLine(line: string, cells: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (width(joined) <= cells) current = joined;
    else {
      if (current !== '') lines.push(current);
      const pieces = cut(word, cells);
      lines.push(...pieces.slice(0, -1));
      current = pieces.at(-1) ?? '';
    }
  }
  return [...lines, current];
}

function cut(word: string, cells: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (width(rest) > cells) {
    const piece = clipWide(rest, cells) || rest.slice(0, 1);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}
