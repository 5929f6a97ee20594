import type { Judgement } from '../../protocol/judgement.ts';
import type { Row } from '../../theme/cell.ts';
import type { Role } from '../../theme/roles.ts';
import { width } from '../cells.ts';
import { bodyHeight } from '../layout.ts';
import { named } from '../run-name.ts';
import type { Scene } from '../scene.ts';
import type { Card } from '../ui.ts';
import { fieldRow } from './field.ts';
import { kindCell } from './header.ts';
import { impactRows } from './impact.ts';
import { cell, clipRow, fill } from './line.ts';
import { namedLines } from './named-lines.ts';

/**
 * A confirmation: what, where, how many, how to undo, the literal commands, and the answer, No being the marked one.
 * The summary scrolls where it is longer than the screen; the answer always stays in sight.
 */
export function cardRows(scene: Scene, card: Card): Row[] {
  const body = bodyHeight(scene.size);
  const answer = answerRows(scene, card);
  const summary = summaryRows(scene, card);
  const height = Math.max(1, body - answer.length - 1);
  const top = Math.min(card.top, Math.max(0, summary.length - height));
  const shown = summary.slice(top, top + height);
  const below = summary.length - top - height;
  const rest: Row = below > 0 ? [cell(`   ${below} more lines: Down`, 'faint')] : [];
  return fill(
    [...shown, rest, ...answer].map((row) => clipRow(row, scene.size.columns, scene.look)),
    body,
  );
}

/** Whether the agent said no: there is nothing to type then, and `w` asks why. */
export function isRefused({ stage, judgement }: Card): boolean {
  return stage === 'ready' && judgement?.allowed === false;
}

/** How far the summary can be scrolled. */
export function cardOverflow(scene: Scene, card: Card): number {
  const height = Math.max(1, bodyHeight(scene.size) - answerRows(scene, card).length - 1);
  return Math.max(0, summaryRows(scene, card).length - height);
}

function summaryRows(scene: Scene, card: Card): Row[] {
  const { judgement } = card;
  if (judgement === null)
    return [
      titleRow(scene, card.action, null),
      [],
      ...namedLines(scene, '', card.problem ?? 'Evaluating impact…', card.problem ? 'bad' : 'faint'),
    ];
  return [
    titleRow(scene, named(judgement), judgement.risk),
    ...card.changed.flatMap((text) => namedLines(scene, 'changed', text, 'warn')),
    ...impactRows(scene, judgement.impact),
    ...commandRows(scene, judgement),
  ];
}

function titleRow(scene: Scene, label: string, risk: string | null): Row {
  const role: Role = risk === 'destroy' ? 'bad' : 'strong';
  return [
    kindCell(scene),
    cell(`  ${label}`, 'title'),
    ...(risk === null ? [] : [cell(`   risk: ${risk}`, role)]),
  ];
}

function commandRows(scene: Scene, judgement: Judgement): Row[] {
  const { commands } = judgement;
  const shown = commands
    .slice(0, 3)
    .flatMap((command, index) => namedLines(scene, index === 0 ? 'command' : '', command, 'strong'));
  const rest =
    commands.length > 3
      ? namedLines(scene, '', `and ${commands.length - 3} more, one a leaf, in the order above`)
      : [];
  return [...shown, ...rest];
}

function answerRows(scene: Scene, card: Card): Row[] {
  const { judgement } = card;
  const problem =
    card.problem !== null && judgement !== null ? namedLines(scene, '', card.problem, 'bad') : [];
  if (judgement === null) return [[cell('   Esc cancels', 'faint')]];
  if (!judgement.allowed)
    return [
      ...namedLines(scene, 'refused', judgement.reason ?? 'refused', 'bad'),
      ...(judgement.nextStep ? namedLines(scene, 'next', judgement.nextStep) : []),
      [cell('   w why   Esc closes', 'faint')],
    ];
  if (card.stage === 'starting') return [...problem, [cell('   Starting…', 'faint')]];
  return [...problem, ...fieldRows(scene, card, judgement), choiceRow(card)];
}

function fieldRows(scene: Scene, card: Card, judgement: Judgement): Row[] {
  const { confirm } = judgement;
  const word = `Type ${confirm.word ?? ''} to confirm`;
  return [
    ...(confirm.kind === 'type' ? [typedRow(scene, word, [card.word, card.focus === 'word'])] : []),
    ...(confirm.reason
      ? [typedRow(scene, 'Reason (recorded in the journal)', [card.reason, card.focus === 'reason'])]
      : []),
  ].flatMap((row) => [row, []]);
}

function typedRow({ size }: Scene, name: string, [value, focused]: [string, boolean]): Row {
  return fieldRow({ name, value, focused, cells: Math.max(8, Math.min(48, size.columns - width(name) - 9)) });
}

/** Faint until keys are taken, so that the eye knows when they are. */
function choiceRow(card: Card): Row {
  const ready = card.drawn && card.armed;
  const choice = (word: string, focused: boolean): Row[number] =>
    ready
      ? cell(focused ? `[ ${word} ]` : `  ${word}  `, focused ? 'chosen' : undefined)
      : cell(focused ? `[ ${word} ]` : `  ${word}  `, 'faint');
  return [
    cell('   '),
    choice('No', card.focus === 'no'),
    cell('  '),
    choice('Yes', card.focus === 'yes'),
    cell(ready ? '   Tab, then Enter' : '   please wait', 'faint'),
  ];
}
