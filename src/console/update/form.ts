import { judge } from '../../actions/judge.ts';
import type { ActionRow } from '../../actions/row.ts';
import { actionById } from '../../actions/table.ts';
import type { Form } from '../form.ts';
import { formArgs } from '../form-args.ts';
import { type FormField, formFields } from '../form-fields.ts';
import type { Key } from '../keys/key.ts';
import { knownFacts } from '../known-facts.ts';
import { lookup } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { openCard } from './open-card.ts';
import { edited } from './palette.ts';
import type { Step } from './step.ts';

/**
 * Keys in a form: fields are gone through, typed into and chosen in. What is given is judged here first, so that what
 * will not do is said beside the field; then the agent judges, and its card asks.
 */
export function updateForm(ui: Ui, scene: Scene, key: Key): Step {
  const form = ui.overlay;
  if (form?.kind !== 'form') return { ui };
  const row = actionById(form.action);
  const meaning = lookup(key, ['form']);
  const command = meaning?.kind === 'command' ? meaning.command : null;
  if (command === 'back' || row === undefined) return { ui: { ...ui, overlay: null } };
  const fields = formFields(row, scene.cluster);
  const goOn = fields.length;
  if (command === 'accept' && form.focus >= goOn - 1) return submit(ui, scene, { form, row, fields });
  const way = command === 'down' || command === 'accept' ? 1 : command === 'up' ? -1 : 0;
  if (way !== 0) return { ui: withForm(ui, form, { focus: (form.focus + way + goOn + 1) % (goOn + 1) }) };
  const field = fields[form.focus];
  if (field === undefined) return { ui };
  const value = changed(field, form.values[field.name] ?? '', key);
  return { ui: withForm(ui, form, { values: { ...form.values, [field.name]: value }, problem: null }) };
}

/** The value after a key: another of the choices, or a text with a character more or less. */
function changed(field: FormField, value: string, key: Key): string {
  if (field.kind !== 'choice') return edited(value, key, field.most);
  const way = ['right', 'j', 'space'].includes(key) ? 1 : ['left', 'k'].includes(key) ? -1 : 0;
  const { choices } = field;
  const at = choices.indexOf(value) + way + choices.length;
  return way === 0 ? value : (choices[at % choices.length] ?? '');
}

function submit(
  ui: Ui,
  scene: Scene,
  { form, row, fields }: { form: Form; row: ActionRow; fields: readonly FormField[] },
): Step {
  const args = formArgs(fields, form.values);
  const { cluster } = scene;
  const { code, reason } = judge({ cluster, action: row.id, args, facts: knownFacts(scene) });
  if (code !== 'action.bad-args') return openCard(ui, row.id, args, form);
  const wrong = fields.findIndex(({ name }) => reason?.includes(`"${name}"`));
  return { ui: withForm(ui, form, { problem: reason, focus: wrong < 0 ? form.focus : wrong }) };
}

function withForm(ui: Ui, form: Form, part: Partial<Form>): Ui {
  return { ...ui, overlay: { ...form, ...part } };
}
