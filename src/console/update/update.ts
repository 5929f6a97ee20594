import type { Key } from '../keys/key.ts';
import { lookup, scopesOf } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { updateCard } from './card.ts';
import { updateCopy } from './copy.ts';
import { enact } from './enact.ts';
import { updateForm } from './form.ts';
import { updateHelp } from './help.ts';
import { updateLinear } from './linear.ts';
import { updateMenu } from './menu.ts';
import { updatePalette } from './palette.ts';
import { updateRunbook } from './runbook.ts';
import { updateSearch } from './search.ts';
import { settle } from './settle.ts';
import type { KeyHandler, Step } from './step.ts';
import { updateWhy } from './why.ts';

/** The life of a key: a pure function of what the console does and what it shows. A key without meaning changes nothing. */
export function update(ui: Ui, scene: Scene, key: Key): Step {
  if (ui.settling && key !== 'ctrl-c') return { ui, intent: { kind: 'settle' } };
  const quiet = ui.notice === null ? ui : { ...ui, notice: null };
  const handler = quiet.linear
    ? updateLinear
    : quiet.overlay === null
      ? onScreen
      : overlays[quiet.overlay.kind];
  const step = handler(quiet, scene, key);
  return { ...step, ui: settle(step.ui, scene) };
}

const overlays: Record<NonNullable<Ui['overlay']>['kind'], KeyHandler> = {
  card: updateCard,
  menu: updateMenu,
  help: updateHelp,
  runbook: updateRunbook,
  palette: updatePalette,
  search: updateSearch,
  copy: updateCopy,
  why: updateWhy,
  form: updateForm,
};

function onScreen(ui: Ui, scene: Scene, key: Key): Step {
  const meaning = lookup(key, scopesOf(ui.screen));
  return meaning === null ? { ui } : enact(meaning, ui, scene);
}
