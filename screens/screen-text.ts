import { asciiOnly } from '../src/console/ascii-only.ts';
import { plainText } from '../src/console/plain-text.ts';
import type { Scene } from '../src/console/scene.ts';
import type { Ui } from '../src/console/ui.ts';
import { screens } from './table.ts';

/** More rows than anything has: nothing is left out that would be scrolled to. */
const endless = 20_000;
/** Wide enough for every column of a list, too narrow for a second pane beside it. */
const columns = 108;

/** What a screen shows, whole and in words: every line of its list, with the marks as words. */
export function screenText(scene: Scene, ui: Ui): string {
  const look = { ...scene.look, ascii: true, colour: false };
  const text = plainText(screens[ui.screen]({ ...scene, look, size: { columns, rows: endless } }, ui));
  return scene.look.ascii ? asciiOnly(text) : text;
}
