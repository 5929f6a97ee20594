import { type Key, typed } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import { paletteEntries } from '../palette-entries.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { enact } from './enact.ts';
import { stepped } from './menu.ts';
import type { Step } from './step.ts';

/** Keys in the palette: characters are the query, Enter does the marked entry. */
export function updatePalette(ui: Ui, scene: Scene, key: Key): Step {
  if (ui.overlay?.kind !== 'palette') return { ui };
  const { query, selected } = ui.overlay;
  const closed = { ...ui, overlay: null };
  const meaning = lookup(key, ['palette']);
  if (meaning?.kind !== 'command')
    return { ui: { ...ui, overlay: { kind: 'palette', query: edited(query, key), selected: 0 } } };
  if (meaning.command === 'back') return { ui: closed };
  const entries = paletteEntries(query, scene);
  const entry = entries[selected];
  if (meaning.command === 'accept') return entry ? enact(entry.meaning, closed, scene, entry.args) : { ui };
  return {
    ui: {
      ...ui,
      overlay: { kind: 'palette', query, selected: stepped(selected, meaning.command, entries.length) },
    },
  };
}

/** A line of text after a key: a character added, the last one or all taken away, else as it was. */
export function edited(text: string, key: Key, most = 200): string {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  const character = typed(key);
  return character === null || text.length >= most ? text : text + character;
}
