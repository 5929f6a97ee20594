import { copyItems } from '../copy-items.ts';
import type { Key } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { stepped } from './menu.ts';
import type { Step } from './step.ts';

/** Keys in the list of what can be copied: `y` again, or Enter, copies the marked one. */
export function updateCopy(ui: Ui, scene: Scene, key: Key): Step {
  if (ui.overlay?.kind !== 'copy') return { ui };
  const meaning = lookup(key, ['copy']);
  if (meaning?.kind !== 'command') return { ui };
  const { selected, beneath } = ui.overlay;
  const closed = { ...ui, overlay: beneath };
  if (meaning.command === 'back') return { ui: closed };
  const items = copyItems(scene, closed);
  if (meaning.command === 'accept' || meaning.command === 'copy-to-file')
    return copied(closed, items[selected], meaning.command === 'copy-to-file');
  return {
    ui: {
      ...ui,
      overlay: { kind: 'copy', selected: stepped(selected, meaning.command, items.length), beneath },
    },
  };
}

/** `y` asks which of the texts where there are several, `Y` takes the first into a file. */
export function openCopy(ui: Ui, scene: Scene, toFile: boolean): Step {
  const items = copyItems(scene, ui);
  if (toFile || items.length === 1) return copied(ui, items[0], toFile);
  return { ui: { ...ui, overlay: { kind: 'copy', selected: 0, beneath: ui.overlay } } };
}

function copied(ui: Ui, item: { name: string; text: string } | undefined, toFile: boolean): Step {
  return item === undefined ? { ui } : { ui, intent: { kind: 'copy', ...item, toFile } };
}
