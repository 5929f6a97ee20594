import { type CommandName, type KeymapRow, type KeyScope, keymap } from '../../src/console/keymap.ts';
import { screenTable } from '../../src/console/screen-table.ts';

/** The first key of a command as the table has it, by the name a terminal's driver knows. */
export function keyOf(command: CommandName, scope: KeyScope = 'everywhere'): string {
  const rows: readonly KeymapRow[] = keymap;
  const key = rows.find((row) => row.command === command && row.scope === scope)?.keys[0];
  if (key === undefined) throw new Error(`the table has no ${command} in ${scope}`);
  return [...key].length === 1 ? key : key.replace(/(^|-)[a-z]/g, (head) => head.toUpperCase());
}

/** The digit of a screen. */
export function digitOf(screen: string): string {
  const row = screenTable.find(({ id }) => id === screen);
  if (row === undefined) throw new Error(`the table has no screen ${screen}`);
  return row.digit;
}
