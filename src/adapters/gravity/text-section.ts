/** The indented lines below a heading of gravity's text, null where the heading is not there. */
export function section(lines: readonly string[], heading: string): string[] | null {
  const start = lines.findIndex((line) => line.startsWith(heading));
  if (start < 0) return null;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line !== '' && !line.startsWith(' '));
  return (end < 0 ? rest : rest.slice(0, end)).filter((line) => line.trim() !== '');
}
