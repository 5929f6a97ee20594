import { actions } from '../actions/table.ts';
import { type CommandName, type KeymapRow, type KeyScope, keymap } from './keymap.ts';
import type { Key } from './keys/key.ts';
import { type ScreenId, screenRow, screenTable } from './screen-table.ts';

/**
 * What a key means: a command of the keymap, a screen, or an action’s id; a line of the help, the runbook of a phase too,
 * and one of the palette an item of a screen's list.
 */
export type Meaning =
  | { kind: 'command'; command: CommandName }
  | { kind: 'screen'; screen: ScreenId }
  | { kind: 'action'; action: string }
  | { kind: 'runbook'; phase: string }
  | { kind: 'item'; screen: ScreenId; item: string };

/** The scopes a screen looks its keys up in, innermost first. */
export function scopesOf(screen: ScreenId): KeyScope[] {
  return screenRow(screen).list ? [screen, 'list', 'everywhere'] : [screen, 'everywhere'];
}

/** What a key means in these scopes, null for nothing. Actions' keys count on every screen, never in an overlay. */
export function lookup(key: Key, scopes: readonly KeyScope[]): Meaning | null {
  for (const scope of scopes) {
    const row = keymap.find(
      (candidate: KeymapRow) => candidate.scope === scope && candidate.keys.includes(key),
    );
    if (row) return { kind: 'command', command: row.command };
  }
  if (!scopes.includes('everywhere')) return null;
  const screen = screenTable.find((row) => row.digit === key);
  if (screen) return { kind: 'screen', screen: screen.id };
  const action = actions.find((row) => row.key === key);
  return action ? { kind: 'action', action: action.id } : null;
}
