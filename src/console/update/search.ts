import { matchesOf } from '../items.ts';
import type { Key } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import { type Ui, withList } from '../ui.ts';
import { edited } from './palette.ts';
import type { Step } from './step.ts';

/** Keys while a filter is typed: the list follows every character, the cursor goes to the first match. */
export function updateSearch(ui: Ui, scene: Scene, key: Key): Step {
  if (ui.overlay?.kind !== 'search') return { ui };
  const meaning = lookup(key, ['search']);
  const closed = { ...ui, overlay: null };
  if (meaning?.kind === 'command' && meaning.command === 'accept') return { ui: counted(closed, scene) };
  if (meaning?.kind === 'command' && meaning.command === 'back')
    return { ui: withList(closed, { filter: '' }) };
  const text = edited(ui.overlay.text, key);
  const filtered = withList({ ...ui, overlay: { ...ui.overlay, text } }, { filter: text });
  const first = text === '' ? null : (matchesOf(scene, filtered)[0] ?? null);
  return { ui: first === null ? filtered : withList(filtered, { selected: first, detailTop: 0 }) };
}

function counted(ui: Ui, scene: Scene): Ui {
  if (ui.lists[ui.screen].filter === '') return ui;
  const count = matchesOf(scene, ui).length;
  return {
    ...ui,
    notice: {
      text: `${count} ${count === 1 ? 'match' : 'matches'}; n and N go through them, Esc shows all`,
      tone: 'plain',
    },
  };
}
