import { cursorOf, itemsOf } from '../items.ts';
import { listLines } from '../list-lines.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { currentList, type Ui, withList } from '../ui.ts';
import { overflow } from '../view/overflow.ts';

/** Remembers where lists and texts are scrolled to: no further than there is something, and no more than the cursor needs. */
export function settle(ui: Ui, scene: Scene): Ui {
  const { top, detail, detailTop } = currentList(ui);
  if (ui.screen === 'overview')
    return top === 0 ? ui : withList(ui, { top: Math.min(top, overflow(scene, ui)) });
  if (detail && detailTop > 0) return withList(ui, { detailTop: Math.min(detailTop, overflow(scene, ui)) });
  const items = itemsOf(scene, ui);
  const cursor = cursorOf(scene, ui);
  const index = Math.max(0, cursor === null ? 0 : items.indexOf(cursor));
  const height = listLines(scene, ui);
  const next = scrollTop({ count: items.length, index, top, height });
  return next === top ? ui : withList(ui, { top: next });
}
