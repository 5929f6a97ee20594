import { width } from '../console/cells.ts';
import { cleanLine } from '../protocol/clean.ts';

/** A cell: text, or nothing to say. */
export type TableCell = string | number | null;

const gap = '  ';

/**
 * Rows in columns under their heads, measured in terminal cells; the last column is as long as it is. Every cell is
 * one clean line, nothing to say is `-`. Lines, without newlines; no rows give no lines.
 */
export function table(heads: readonly string[], rows: readonly (readonly TableCell[])[]): string[] {
  if (rows.length === 0) return [];
  const cells = [heads, ...rows].map((row) => row.map(cellText));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  return cells.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

/** A text of a probe as far as a line bears it: some checkers print whole structs. JSON and YAML have it whole. */
export function bearable(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** Indentation is kept: it tells which phase lies in which. */
function cellText(cell: TableCell): string {
  if (cell === null || cell === '') return '-';
  const text = String(cell);
  return `${/^ */.exec(text)?.[0] ?? ''}${cleanLine(text)}`;
}

function pad(cell: string, cells: number): string {
  return cell + ' '.repeat(Math.max(0, cells - width(cell)));
}
