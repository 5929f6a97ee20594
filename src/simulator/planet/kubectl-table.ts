/** Rows as kubectl prints them: each column as wide as its widest cell and three blanks, the last as it is. */
export function kubectlTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heads, ...rows];
  const widths = heads.map((_head, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)) + 3);
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('');
  return all.map((row) => `${line(row)}\n`).join('');
}
