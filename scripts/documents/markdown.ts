/** A table in Markdown; bars in cells are escaped. Ends in a newline. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** Words as code, for a cell. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}
