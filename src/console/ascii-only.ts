import { width } from './cells.ts';

const twins: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '~',
  '–': '-',
  '—': '-',
  '→': '>',
  '×': 'x',
  '✓': 'v',
  '·': '.',
  '│': '|',
  '─': '-',
};
const beyondAscii = /[^\x20-\x7e\n]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text for a terminal that has nothing but ASCII: letters lose their accents, what has no twin becomes `?`, and every
 * character stays as many cells wide as it was.
 */
export function asciiOnly(text: string): string {
  if (!beyondAscii.test(text)) return text;
  return [...graphemes.segment(text)].map(({ segment }) => twinOf(segment)).join('');
}

function twinOf(segment: string): string {
  if (!beyondAscii.test(segment)) return segment;
  const bare = segment.normalize('NFD').replace(/\p{M}/gu, '');
  const twin = twins[segment] ?? (beyondAscii.test(bare) ? '' : bare);
  const cells = width(segment);
  return twin.length === cells ? twin : '?'.repeat(cells);
}
