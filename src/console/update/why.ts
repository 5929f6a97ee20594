import { actionById } from '../../actions/table.ts';
import type { CommandName } from '../keymap.ts';
import type { Key } from '../keys/key.ts';
import { bodyHeight } from '../layout.ts';
import { lookup } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { whyOverflow } from '../view/why.ts';
import type { WhyOverlay } from '../why-overlay.ts';
import { openCopy } from './copy.ts';
import { openAction } from './open-action.ts';
import { openWhy } from './open-why.ts';
import type { Step } from './step.ts';

/** Keys in the answer to why: it scrolls, is copied, is asked again; Enter opens the card of the step it advises. */
export function updateWhy(ui: Ui, scene: Scene, key: Key): Step {
  const { overlay } = ui;
  if (overlay?.kind !== 'why') return { ui };
  const meaning = lookup(key, ['why', 'advised']);
  if (meaning?.kind !== 'command') return { ui };
  const { command } = meaning;
  if (command === 'back') return { ui: { ...ui, overlay: overlay.beneath } };
  if (command === 'why') return openWhy(ui, overlay.about, overlay.beneath);
  if (command === 'accept') return advised(ui, scene, overlay);
  if (command === 'copy' || command === 'copy-to-file')
    return overlay.answer === null ? { ui } : openCopy(ui, scene, command === 'copy-to-file');
  const top = overlay.top + (ways(scene)[command] ?? 0);
  return {
    ui: { ...ui, overlay: { ...overlay, top: Math.min(Math.max(0, top), whyOverflow(scene, overlay)) } },
  };
}

function ways({ size }: Scene): Partial<Record<CommandName, number>> {
  const half = Math.max(1, Math.floor(bodyHeight(size) / 2));
  return { down: 1, up: -1, 'page-down': half, 'page-up': -half };
}

const notFromHere = 'nothing can be opened for this step: it is not done from here   y copies it';

/** The advised action opens as from its key, with a card that asks; of what is hand work or waiting it is said that nothing does. */
function advised(ui: Ui, scene: Scene, { answer }: WhyOverlay): Step {
  const row = answer?.next.what === 'action' ? actionById(answer.next.action ?? '') : undefined;
  if (answer === null) return { ui };
  if (row === undefined) return { ui: { ...ui, notice: { text: notFromHere, tone: 'plain' } } };
  return openAction({ ...ui, overlay: null }, scene, { row, args: answer.next.args });
}
