import { helpEntries } from '../help-entries.ts';
import type { Key } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import { runbookPhase } from '../runbook-phase.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { enact } from './enact.ts';
import { stepped } from './menu.ts';
import type { Step } from './step.ts';

/** Keys in the help: Enter does on the screen beneath what the marked line says. */
export function updateHelp(ui: Ui, scene: Scene, key: Key): Step {
  if (ui.overlay?.kind !== 'help') return { ui };
  const meaning = lookup(key, ['help']);
  if (meaning?.kind !== 'command') return { ui };
  const closed = { ...ui, overlay: null };
  if (meaning.command === 'back') return { ui: closed };
  const entries = helpEntries(ui.screen, runbookPhase(scene, ui));
  const { selected } = ui.overlay;
  const entry = entries[selected];
  if (meaning.command === 'accept') return entry ? enact(entry.meaning, closed, scene) : { ui: closed };
  return {
    ui: { ...ui, overlay: { kind: 'help', selected: stepped(selected, meaning.command, entries.length) } },
  };
}
