/** Rows in gravity's columns: each as wide as its widest cell and five more, the last one as it is. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const underlines = headers.map((header) => '-'.repeat(header.length));
  const all = [headers, underlines, ...rows];
  const widths = headers.map((_header, column) => Math.max(...all.map((row) => lengthOf(row[column]))) + 5);
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell + gap(cell, widths[column]))).join('');
  return all.map((row) => `${line(row)}\n`).join('');
}

function gap(cell: string, width = 0): string {
  return ' '.repeat(Math.max(0, width - lengthOf(cell)));
}

function lengthOf(cell = ''): number {
  return [...cell].length;
}
