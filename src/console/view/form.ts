import type { ActionRow } from '../../actions/row.ts';
import { actionById } from '../../actions/table.ts';
import type { Row } from '../../theme/cell.ts';
import { width, wrap } from '../cells.ts';
import type { Form } from '../form.ts';
import { asksNothing, type FormField, formFields } from '../form-fields.ts';
import { bodyHeight } from '../layout.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { fieldRow } from './field.ts';
import { kindCell } from './header.ts';
import { cell, clipRow, fill } from './line.ts';

/** What an action must be told, a line a field; below them what the one with the focus means, and what will not do. */
export function formRows(scene: Scene, form: Form): Row[] {
  const row = actionById(form.action);
  if (row === undefined) return [];
  const { columns } = scene.size;
  const fields = formFields(row, scene.cluster);
  const said = [...helpRows(fields[form.focus], { row, columns }), ...problemRows(form, columns)];
  const about = wrap(row.help, columns - 4).map((line): Row => [cell(`   ${line}`, 'faint')]);
  const head: Row[] = [[kindCell(scene), cell(`  ${row.label}`, 'title')], ...about.slice(0, 3), []];
  const lines = [
    ...fields.map((field, index) => lineOf(field, form, { index, columns })),
    goOnRow(form, fields.length),
  ];
  const height = Math.max(1, bodyHeight(scene.size) - head.length - said.length - 1);
  const top = scrollTop({ count: lines.length, index: form.focus, top: 0, height });
  return fill(
    [...head, ...lines.slice(top, top + height), [], ...said].map((one) => clipRow(one, columns, scene.look)),
    bodyHeight(scene.size),
  );
}

function lineOf(field: FormField, form: Form, at: { index: number; columns: number }): Row {
  const value = form.values[field.name] ?? '';
  const focused = form.focus === at.index;
  const name = field.name.padEnd(10);
  if (field.kind === 'choice') return choiceRow({ ...field, name }, { value, focused, columns: at.columns });
  const cells = Math.max(8, Math.min(60, at.columns - width(name) - 8));
  return fieldRow({ name, value, focused, cells });
}

/** All there is to choose from where it fits, the chosen one in brackets; else that one alone between the keys' arrows. */
function choiceRow(
  { name, choices }: FormField,
  at: { value: string; focused: boolean; columns: number },
): Row {
  const role = at.focused ? 'chosen' : 'strong';
  const all = choices.flatMap((choice): Row => {
    const chosen = choice === at.value;
    return [cell(chosen ? `[${nameOf(choice)}]` : ` ${nameOf(choice)} `, chosen ? role : 'faint'), cell(' ')];
  });
  const head = cell(`   ${name} `, at.focused ? 'strong' : undefined);
  const room = at.columns - width(head.text);
  const fits = all.reduce((sum, { text }) => sum + width(text), 0) <= room;
  const place = `   ${choices.indexOf(at.value) + 1} of ${choices.length}`;
  return fits ? [head, ...all] : [head, cell(`[${nameOf(at.value)}]`, role), cell(place, 'faint')];
}

function nameOf(choice: string): string {
  return choice === '' ? 'none' : choice;
}

function goOnRow(form: Form, index: number): Row {
  const focused = form.focus === index;
  return [cell('   '), cell('[ Continue ]', focused ? 'chosen' : undefined)];
}

function helpRows(
  field: FormField | undefined,
  { row, columns }: { row: ActionRow; columns: number },
): Row[] {
  if (field === undefined) {
    const words = asksNothing(row) ? 'Enter: run' : 'Enter: review (you will be asked to confirm)';
    return [[cell(`   ${words}   Tab: next field`, 'faint')]];
  }
  const how = field.kind === 'choice' ? 'use left/right to choose' : 'typed';
  const words = `${field.name}: ${field.help === '' ? '' : `${field.help}; `}${field.required ? '' : 'optional; '}${how}`;
  return wrap(words, columns - 4).map((line): Row => [cell(`   ${line}`, 'faint')]);
}

function problemRows({ problem }: Form, columns: number): Row[] {
  if (problem === null) return [];
  return [[], ...wrap(problem, columns - 4).map((line): Row => [cell(`   ${line}`, 'bad')])];
}
