import type { ActionRow } from '../../actions/row.ts';
import { formFields } from '../form-fields.ts';
import type { Scene } from '../scene.ts';
import { selection } from '../selection.ts';
import type { Ui } from '../ui.ts';
import type { Step } from './step.ts';

/**
 * Opens the form of an action with what is given already, and of what there is to choose what the selection is about.
 * The focus is on the first field that must be filled in, else on going on with what is there.
 */
export function openForm(
  ui: Ui,
  scene: Scene,
  { row, args }: { row: ActionRow; args: Record<string, unknown> },
): Step {
  const fields = formFields(row, scene.cluster);
  const { phase } = selection(scene, ui);
  const values = Object.fromEntries(
    fields.map(({ name, choices, usual }) => {
      const near = choices.find((choice) => phase !== undefined && choice.endsWith(`:${phase}`));
      const given = args[name];
      return [name, given === undefined ? (near ?? usual) : String(given)];
    }),
  );
  const missing = fields.findIndex(({ name, required }) => required && args[name] === undefined);
  const focus = missing < 0 ? fields.length : missing;
  return { ui: { ...ui, overlay: { kind: 'form', action: row.id, values, focus, problem: null } } };
}
