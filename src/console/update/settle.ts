import { cursorOf, itemsOf } from '../items.ts';
import { listHeight } from '../layout.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { currentList, type Ui, withList } from '../ui.ts';

/** Remembers where the list is scrolled to, so that it moves as little as the cursor needs. */
export function settle(ui: Ui, scene: Scene): Ui {
  if (ui.screen === 'overview') return ui;
  const items = itemsOf(scene, ui);
  const cursor = cursorOf(scene, ui);
  const index = Math.max(0, cursor === null ? 0 : items.indexOf(cursor));
  const { top } = currentList(ui);
  const next = scrollTop({ count: items.length, index, top, height: listHeight(ui.screen, scene.size) });
  return next === top ? ui : withList(ui, { top: next });
}
