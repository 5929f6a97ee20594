import type { ActionRow } from '../../actions/row.ts';
import { needsForm } from '../form-fields.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { openCard } from './open-card.ts';
import { openForm } from './open-form.ts';
import type { Step } from './step.ts';

/** Opens an action: its card, which asks before anything is done; before that its form, when it must be told more. */
export function openAction(
  ui: Ui,
  scene: Scene,
  asked: { row: ActionRow; args: Record<string, unknown> },
): Step {
  const { row, args } = asked;
  return needsForm(row, args) ? openForm(ui, scene, asked) : openCard(ui, row.id, args);
}
