import fuzzysort from 'fuzzysort';
import { actions } from '../actions/table.ts';
import type { Meaning } from './lookup.ts';
import { screenTable } from './screen-table.ts';

export type PaletteEntry = {
  meaning: Meaning;
  name: string;
  help: string;
  search: string;
  args: Record<string, string>;
};

/**
 * What the palette offers for a query: screens and actions by name, id, gravity command or help, best first. Words like
 * `name=value`, with or without dashes before them, are an action's arguments. Expert actions answer to their full id or
 * gravity command alone (design 3).
 */
export function paletteEntries(query: string): PaletteEntry[] {
  const words = query.trim().split(/\s+/);
  const wanted = withoutValues(query.trim());
  const args = Object.fromEntries(words.filter((word) => word.includes('=')).map(splitArg));
  const all = [...screenEntries(), ...actionEntries(wanted)].map((entry) => ({ ...entry, args }));
  if (wanted === '') return all;
  const found = fuzzysort
    .go(wanted, all, { keys: ['name', 'search'], threshold: 0.3, limit: 50 })
    .map(({ obj }) => obj);
  // One id may begin another: who writes one out means that one.
  const isMeant = ({ meaning }: PaletteEntry) => meaning.kind === 'action' && meaning.action === wanted;
  return [...found.filter(isMeant), ...found.filter((entry) => !isMeant(entry))];
}

function screenEntries(): Omit<PaletteEntry, 'args'>[] {
  return screenTable.map((row) => ({
    meaning: { kind: 'screen', screen: row.id },
    name: row.title,
    help: row.help,
    search: `${row.digit} ${row.id} ${row.help}`,
  }));
}

function actionEntries(wanted: string): Omit<PaletteEntry, 'args'>[] {
  return actions
    .filter(
      (row) =>
        !row.expert ||
        wanted === row.id ||
        (row.gravity !== null && [wanted, `gravity ${wanted}`].includes(withoutValues(row.gravity))),
    )
    .map((row) => ({
      meaning: { kind: 'action', action: row.id },
      name: row.label,
      help: row.help,
      search: `${row.id} ${row.gravity ?? ''} ${row.help}`,
    }));
}

/** A command without its `--name=value` words, as a query is looked up. */
function withoutValues(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => !word.includes('='))
    .join(' ');
}

function splitArg(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at).replace(/^-+/, ''), word.slice(at + 1)];
}
