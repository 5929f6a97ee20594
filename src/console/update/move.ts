import { cursorOf, itemsOf } from '../items.ts';
import { bodyHeight } from '../layout.ts';
import { listLines } from '../list-lines.ts';
import type { Scene } from '../scene.ts';
import { currentList, type Ui, withList } from '../ui.ts';

/** Moves by `lines`: the cursor of a list, or the text that has the focus. */
export function move(ui: Ui, scene: Scene, lines: number): Ui {
  const list = currentList(ui);
  if (ui.screen === 'overview') return withList(ui, { top: Math.max(0, list.top + lines) });
  if (list.detail) return scrollDetail(ui, lines);
  const items = itemsOf(scene, ui);
  const cursor = cursorOf(scene, ui);
  const from = cursor === null ? 0 : items.indexOf(cursor);
  const to = Math.min(Math.max(0, from + lines), items.length - 1);
  const selected = items[to];
  return selected === undefined ? ui : withList(ui, { selected, detailTop: 0 });
}

/** Half of what is on the screen, as ctrl-d and ctrl-u move. */
export function halfPage(ui: Ui, scene: Scene): number {
  const height = currentList(ui).detail ? bodyHeight(scene.size) : listLines(scene, ui);
  return Math.max(1, Math.floor(height / 2));
}

/** The output of a run is read from its end, everything else from its start. */
function scrollDetail(ui: Ui, lines: number): Ui {
  const towards = ui.screen === 'runs' ? -lines : lines;
  return withList(ui, { detailTop: Math.max(0, currentList(ui).detailTop + towards) });
}
