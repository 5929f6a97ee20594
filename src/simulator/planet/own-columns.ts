import { kubectlTable } from './kubectl-table.ts';

/** What a thing has at a path such as `.metadata.name`; nothing where that is not simulated. */
export type Paths = Readonly<Record<string, string>>;

/** The table of `--output=custom-columns=HEAD:PATH,…`; null where the output is another. */
export function ownColumns(output: string, things: readonly Paths[]): string | null {
  const [, columns] = /^custom-columns=(.+)$/s.exec(output) ?? [];
  if (columns === undefined) return null;
  const wanted = columns.split(',').map((column) => column.split(':'));
  const heads = wanted.map(([head = '']) => head);
  const rows = things.map((paths) => wanted.map(([, path = '']) => paths[path] || '<none>'));
  return kubectlTable(heads, rows);
}
