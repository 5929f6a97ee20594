import { matchesOf } from '../items.ts';
import type { Key } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import { toOutputMatch } from '../output-search.ts';
import type { Scene } from '../scene.ts';
import { type Ui, withList } from '../ui.ts';
import { edited } from './palette.ts';
import type { Step } from './step.ts';

/** Keys while a filter or a search is typed: the list follows every character, the cursor goes to the first match. */
export function updateSearch(ui: Ui, scene: Scene, key: Key): Step {
  if (ui.overlay?.kind !== 'search') return { ui };
  const { overlay } = ui;
  const meaning = lookup(key, ['search']);
  const command = meaning?.kind === 'command' ? meaning.command : null;
  const closed = { ...ui, overlay: null };
  if (command === 'accept')
    return { ui: overlay.in === 'find' ? found(closed, scene) : counted(closed, scene) };
  if (command === 'back') return { ui: withList(closed, { [overlay.in]: '' }) };
  const text = edited(overlay.text, key);
  const typed = withList({ ...ui, overlay: { ...overlay, text } }, { [overlay.in]: text });
  const first = overlay.in === 'find' || text === '' ? null : (matchesOf(scene, typed)[0] ?? null);
  return { ui: first === null ? typed : withList(typed, { selected: first, detailTop: 0 }) };
}

function found(ui: Ui, scene: Scene): Ui {
  return ui.lists.runs.find === '' ? ui : toOutputMatch(ui, scene, 'last');
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
