import { actionById } from '../../actions/table.ts';
import type { Meaning } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import { argsFor } from '../selection.ts';
import { type Ui, withListOf } from '../ui.ts';
import { commands } from './commands.ts';
import { openAction } from './open-action.ts';
import { openRunbook } from './runbook.ts';
import type { Step } from './step.ts';

/** Does what a key, a line of the help or one of the palette means; `given` arguments go before those of the selection. */
export function enact(meaning: Meaning, ui: Ui, scene: Scene, given: Record<string, unknown> = {}): Step {
  if (meaning.kind === 'screen') return { ui: { ...ui, screen: meaning.screen, cameFrom: null } };
  if (meaning.kind === 'runbook') return { ui: openRunbook(ui, meaning.phase) };
  if (meaning.kind === 'item') return { ui: showItem(ui, meaning) };
  if (meaning.kind === 'command') return commands[meaning.command](ui, scene);
  const row = actionById(meaning.action);
  if (row === undefined) return { ui };
  return openAction(ui, scene, { row, args: { ...argsFor(row, scene, ui), ...given } });
}

/** Goes to one item of a screen's list, whatever the filter there hid. */
function showItem(ui: Ui, { screen, item }: Extract<Meaning, { kind: 'item' }>): Ui {
  const shown = withListOf(ui, screen, { selected: item, filter: '', detail: false, detailTop: 0 });
  return { ...shown, screen, cameFrom: null };
}
