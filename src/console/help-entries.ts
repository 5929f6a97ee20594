import { actions } from '../actions/table.ts';
import { type CommandName, type KeymapRow, keymap } from './keymap.ts';
import { lookup, type Meaning, scopesOf } from './lookup.ts';
import { type ScreenId, screenTable } from './screen-table.ts';

/** `name` says what a key does in a few words, `help` in a sentence. */
export type HelpEntry = { keys: string; name: string; help: string; where: string; meaning: Meaning };

/**
 * Every key that counts on a screen, actions first and those that move last, what it does, and what running it from the help means; before
 * them the runbook of the phase that is looked at.
 */
export function helpEntries(screen: ScreenId, phase: string | null = null): HelpEntry[] {
  const scopes = scopesOf(screen);
  const rows: readonly KeymapRow[] = keymap;
  const keys = scopes
    .flatMap((scope) => rows.filter((row) => row.scope === scope))
    .flatMap((row): HelpEntry[] => {
      const meaning = lookup(row.keys[0] ?? '', scopes);
      const name = row.hint === '' ? row.label : row.hint;
      return meaning ? [{ keys: row.keys.join(' '), name, help: row.label, where: row.scope, meaning }] : [];
    });
  const verbs = actions.flatMap((row): HelpEntry[] =>
    row.key === null
      ? []
      : [
          {
            keys: row.key,
            name: row.label,
            help: row.help,
            where: 'action',
            meaning: { kind: 'action', action: row.id },
          },
        ],
  );
  const digits = screenTable.map(
    (row): HelpEntry => ({
      keys: row.digit,
      name: row.title,
      help: row.help,
      where: 'screen',
      meaning: { kind: 'screen', screen: row.id },
    }),
  );
  const isMove = ({ meaning }: HelpEntry) => meaning.kind === 'command' && moves.has(meaning.command);
  return [
    ...bookEntries(phase),
    ...verbs,
    ...keys.filter((entry) => !isMove(entry)),
    ...digits,
    ...keys.filter(isMove),
  ];
}

const moves: ReadonlySet<CommandName> = new Set<CommandName>([
  'down',
  'up',
  'page-down',
  'page-up',
  'first',
  'last',
  'into',
  'out',
  'back',
  'pane',
]);

function bookEntries(phase: string | null): HelpEntry[] {
  if (phase === null) return [];
  const name = `open runbook for ${phase}`;
  return [{ keys: 'Enter', name, help: name, where: 'runbook', meaning: { kind: 'runbook', phase } }];
}
