import { actionById } from '../../actions/table.ts';
import { clean } from '../../protocol/clean.ts';
import { formFields } from '../form-fields.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { update } from './update.ts';

/**
 * Text that was pasted, on one line and cleaned, goes into the text that is being typed: a form's field, a filter or a
 * search, the palette. Anywhere else it is nothing; in a card too, so that a paste can never confirm.
 */
export function updatePaste(ui: Ui, scene: Scene, text: string): Ui {
  if (!takesText(ui, scene)) return ui;
  const keys = [...onOneLine(text)].map((character) => (character === ' ' ? 'space' : character));
  return keys.reduce((before, key) => update(before, scene, key).ui, ui);
}

/** A terminal pastes a line's end as a carriage return; the one behind the last line is left out. */
function onOneLine(text: string): string {
  return clean(text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')).replace(/\n+/g, ' ');
}

function takesText({ overlay, linear }: Ui, scene: Scene): boolean {
  if (linear || overlay === null) return false;
  if (overlay.kind !== 'form') return overlay.kind === 'search' || overlay.kind === 'palette';
  const row = actionById(overlay.action);
  const field = row === undefined ? undefined : formFields(row, scene.cluster)[overlay.focus];
  return field !== undefined && field.kind !== 'choice';
}
