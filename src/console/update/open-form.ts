import type { ActionRow } from '../../actions/row.ts';
import { formFields } from '../form-fields.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import type { Step } from './step.ts';

/** Opens the form of an action with what is given already; the focus is on the first field that must be filled in. */
export function openForm(
  ui: Ui,
  scene: Scene,
  { row, args }: { row: ActionRow; args: Record<string, unknown> },
): Step {
  const fields = formFields(row, scene.cluster);
  const values = Object.fromEntries(
    fields.map(({ name, choices, required }) => {
      const given = args[name];
      return [name, given === undefined ? (required ? (choices[0] ?? '') : '') : String(given)];
    }),
  );
  const focus = fields.findIndex(({ name, required }) => required && args[name] === undefined);
  return {
    ui: {
      ...ui,
      overlay: { kind: 'form', action: row.id, values, focus: Math.max(0, focus), problem: null },
    },
  };
}
