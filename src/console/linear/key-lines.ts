import { type KeymapRow, keymap } from '../keymap.ts';
import { screenTable } from '../screen-table.ts';

/** What the keys do while plain lines are written, one line each, and how to act from here. */
export function keyLines(): string[] {
  const rows: readonly KeymapRow[] = keymap;
  const keys = rows
    .filter((row) => row.scope === 'linear')
    .map((row) => `${row.keys.join(' ')}: ${row.label}`);
  const digits = screenTable.map((row) => `${row.digit}: say ${row.title}, ${row.help}`);
  return [...keys, ...digits, 'to act: gravity-console do ACTION, which asks as the screen does'];
}
