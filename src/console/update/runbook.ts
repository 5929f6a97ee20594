import { checkPhase } from '../../actions/phase-check.ts';
import type { CommandName } from '../keymap.ts';
import type { Key } from '../keys/key.ts';
import { bodyHeight } from '../layout.ts';
import { lookup } from '../lookup.ts';
import { openedBook } from '../opened-book.ts';
import { runbookPhase } from '../runbook-phase.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { runbookOverflow } from '../view/runbook.ts';
import { openCard } from './open-card.ts';
import type { Step } from './step.ts';

/** Keys in the runbook: digits run its checks, `?` goes on to the keys of the screen beneath. */
export function updateRunbook(ui: Ui, scene: Scene, key: Key): Step {
  const { overlay } = ui;
  if (overlay?.kind !== 'runbook') return { ui };
  const meaning = lookup(key, ['runbook']);
  if (meaning?.kind !== 'command') return { ui };
  const closed = { ...ui, overlay: null };
  if (meaning.command === 'back') return { ui: closed };
  if (meaning.command === 'help') return { ui: { ...ui, overlay: { kind: 'help', selected: 0 } } };
  if (meaning.command === 'check') return runCheck(ui, scene, { phase: overlay.phase, digit: Number(key) });
  const last = runbookOverflow(scene, overlay);
  const top = Math.min(Math.max(0, overlay.top + wayOf(meaning.command, scene)), last);
  return { ui: { ...ui, overlay: { ...overlay, top } } };
}

/** `?`: the runbook where what is selected has failed, else the keys. */
export function openHelp(ui: Ui, scene: Scene): Ui {
  const phase = runbookPhase(scene, ui);
  const failed = phase !== null && scene.tree.byId.get(phase)?.phase.state === 'failed';
  return failed ? openRunbook(ui, phase) : { ...ui, overlay: { kind: 'help', selected: 0 } };
}

/** Opens it at a leaf of the plan. */
export function openRunbook(ui: Ui, phase: string): Ui {
  return { ...ui, overlay: { kind: 'runbook', phase, top: 0 } };
}

/** A check is judged and run like every action; it asks nothing, and its output is shown as soon as it runs. */
function runCheck(ui: Ui, scene: Scene, { phase, digit }: { phase: string; digit: number }): Step {
  const check = openedBook(scene, phase)?.checks[digit - 1];
  if (check === undefined) return { ui };
  const { ui: asking, ...step } = openCard(ui, checkPhase.id, { phase, check: check.id });
  if (asking.overlay?.kind !== 'card') return { ui };
  return { ...step, ui: { ...asking, overlay: { ...asking.overlay, shows: 'output' } } };
}

const far = 1_000_000;

function wayOf(command: CommandName, scene: Scene): number {
  const half = Math.max(1, Math.floor(bodyHeight(scene.size) / 2));
  const ways: Partial<Record<CommandName, number>> = {
    down: 1,
    up: -1,
    'page-down': half,
    'page-up': -half,
    first: -far,
    last: far,
  };
  return ways[command] ?? 0;
}
