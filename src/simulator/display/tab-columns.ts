const TAB = 8;

/**
 * Lines with tab-ended cells in the columns of Go's tabwriter (tab width 8, padding 1, filled with tabs): a column is
 * as wide as its widest cell among neighbouring lines that have it.
 */
export function tabColumns(lines: readonly string[]): string {
  const rows = lines.map((line) => line.split('\t'));
  const out: string[] = rows.map(() => '');
  place({ rows, out }, { from: 0, to: rows.length, column: 0 });
  return out.map((line) => `${line}\n`).join('');
}

type Page = { rows: readonly string[][]; out: string[] };
type Block = { from: number; to: number; column: number };

function place({ rows, out }: Page, { from, to, column }: Block): void {
  for (let at = from; at < to; at += 1) {
    if (!hasCell(rows[at], column)) {
      out[at] = `${out[at] ?? ''}${(rows[at] ?? []).slice(column).join('\t')}`;
      continue;
    }
    const start = at;
    while (at < to && hasCell(rows[at], column)) at += 1;
    fill({ rows, out }, { from: start, to: at, column });
    at -= 1;
  }
}

function fill({ rows, out }: Page, { from, to, column }: Block): void {
  const cells = rows.slice(from, to).map((row) => row[column] ?? '');
  const width = Math.ceil((Math.max(...cells.map(lengthOf)) + 1) / TAB) * TAB;
  for (const [index, cell] of cells.entries()) {
    out[from + index] += cell + '\t'.repeat(Math.ceil((width - lengthOf(cell)) / TAB));
  }
  place({ rows, out }, { from, to, column: column + 1 });
}

/** The last cell of a line ends in no tab and makes no column. */
function hasCell(row: readonly string[] | undefined, column: number): boolean {
  return row !== undefined && column < row.length - 1;
}

function lengthOf(cell: string): number {
  return [...cell].length;
}
