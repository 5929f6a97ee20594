import type { Row } from '../theme/cell.ts';

/**
 * Rows as text to read aloud, to copy or to keep: marks as the words they stand for, no padding, no blank lines at the
 * end. A word that follows its mark anyway is said once.
 */
export function plainText(rows: readonly Row[]): string {
  return rows
    .map((row) => plainLine(row))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
}

function plainLine(row: Row): string {
  const said = row.map((piece, index) => {
    if (piece.word === undefined || piece.text === '') return piece.text;
    const rest = row
      .slice(index + 1)
      .map(({ text }) => text)
      .join('');
    const apart = index > 0 && !/ $/.test(row[index - 1]?.text ?? '') ? ' ' : '';
    return rest.trimStart().startsWith(piece.word) ? '' : apart + piece.word;
  });
  const line = said.join('').trimEnd();
  const indent = /^ */.exec(line)?.[0] ?? '';
  return indent + line.trimStart().replace(/ {3,}/g, '  ');
}
