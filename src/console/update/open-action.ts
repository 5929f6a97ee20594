import type { ActionRow } from '../../actions/row.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { openCard } from './open-card.ts';
import type { Step } from './step.ts';

/** Opens an action: its card, which asks before anything is done. */
export function openAction(
  ui: Ui,
  _scene: Scene,
  { row, args }: { row: ActionRow; args: Record<string, unknown> },
): Step {
  return openCard(ui, row.id, args);
}
