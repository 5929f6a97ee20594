import { actions } from '../actions/table.ts';
import { type KeymapRow, keymap } from './keymap.ts';
import { lookup, type Meaning, scopesOf } from './lookup.ts';
import { type ScreenId, screenTable } from './screen-table.ts';

export type HelpEntry = { keys: string; label: string; where: string; meaning: Meaning };

/**
 * Every key that counts on a screen, what it does, and what running it from the help means; before them the runbook of
 * the phase that is looked at.
 */
export function helpEntries(screen: ScreenId, phase: string | null = null): HelpEntry[] {
  const scopes = scopesOf(screen);
  const rows: readonly KeymapRow[] = keymap;
  const moves = scopes
    .flatMap((scope) => rows.filter((row) => row.scope === scope))
    .flatMap((row): HelpEntry[] => {
      const meaning = lookup(row.keys[0] ?? '', scopes);
      return meaning ? [{ keys: row.keys.join(' '), label: row.label, where: row.scope, meaning }] : [];
    });
  const verbs = actions.flatMap((row): HelpEntry[] =>
    row.key === null
      ? []
      : [{ keys: row.key, label: row.help, where: 'action', meaning: { kind: 'action', action: row.id } }],
  );
  const digits = screenTable.map(
    (row): HelpEntry => ({
      keys: row.digit,
      label: `${row.title}: ${row.help}`,
      where: 'screen',
      meaning: { kind: 'screen', screen: row.id },
    }),
  );
  const book: HelpEntry[] =
    phase === null
      ? []
      : [
          {
            keys: 'Enter, here',
            label: `the runbook of ${phase}`,
            where: 'runbook',
            meaning: { kind: 'runbook', phase },
          },
        ];
  return [...book, ...verbs, ...moves, ...digits];
}
