import type { Refusal } from '../../actions/row.ts';
import { actionById } from '../../actions/table.ts';
import type { Head, Judgement } from '../../protocol/judgement.ts';
import type { Row } from '../../theme/cell.ts';
import type { Role } from '../../theme/roles.ts';
import { width } from '../cells.ts';
import { controlHere, controlRefusal } from '../control-refusal.ts';
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

/** Whether the agent said no, or somebody else has control: there is nothing to type then, and `w` asks why. */
export function isRefused(scene: Scene, { stage, judgement }: Card): boolean {
  if (stage !== 'ready' || judgement === null) return false;
  return !judgement.allowed || heldBy(scene, judgement) !== null;
}

/** Who has control of what this card would change, when it is somebody else. */
function heldBy(scene: Scene, { action }: Judgement): Refusal | null {
  const row = actionById(action);
  return row === undefined ? null : controlRefusal(scene, row);
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
    ...(judgement.heads ?? []).flatMap((head) => headRows(scene, head)),
    ...controlRows(scene, judgement),
    ...impactRows(scene, judgement.impact, card.unfolded),
    ...commandRows(scene, judgement),
  ];
}

/** What comes before anything else, and what to do about it. */
function headRows(scene: Scene, { code, message, nextStep }: Head): Row[] {
  return [
    ...namedLines(scene, headNames[code], message, 'bad'),
    ...(nextStep === null ? [] : namedLines(scene, '', nextStep)),
  ];
}

const headNames = {
  queues: 'queue',
  'in-progress': 'running',
  'plan-old': 'old plan',
  'not-reconciled': 'old plan',
} as const;

/** Control is taken by whoever confirms, where it is free. */
function controlRows(scene: Scene, { action, allowed }: Judgement): Row[] {
  const row = actionById(action);
  if (row === undefined || !allowed || controlHere(scene, row).is !== 'free') return [];
  return namedLines(scene, 'control', 'takes control (free now)');
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
      ? namedLines(scene, '', `and ${commands.length - 3} more, one per phase, in the order above`)
      : [];
  return [...shown, ...rest];
}

function answerRows(scene: Scene, card: Card): Row[] {
  const { judgement } = card;
  const problem =
    card.problem !== null && judgement !== null ? namedLines(scene, '', card.problem, 'bad') : [];
  if (judgement === null) return [[cell('   Esc cancels', 'faint')]];
  const refusal = judgement.allowed
    ? heldBy(scene, judgement)
    : { sentence: judgement.reason ?? 'refused', nextStep: judgement.nextStep };
  if (refusal !== null)
    return [
      ...namedLines(scene, judgement.allowed ? 'control' : 'refused', refusal.sentence, 'bad'),
      ...(refusal.nextStep ? namedLines(scene, 'next', refusal.nextStep) : []),
      [cell('   w why   Esc closes', 'faint')],
    ];
  if (card.stage === 'starting') return [...problem, [cell('   Starting…', 'faint')]];
  return [...problem, ...fieldRows(scene, card, judgement), choiceRow(card, judgement)];
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
function choiceRow(card: Card, { queuesBehind }: Judgement): Row {
  const ready = card.drawn && card.armed;
  const choice = (word: string, focused: boolean): Row[number] =>
    ready
      ? cell(focused ? `[ ${word} ]` : `  ${word}  `, focused ? 'chosen' : undefined)
      : cell(focused ? `[ ${word} ]` : `  ${word}  `, 'faint');
  return [
    cell('   '),
    choice('No', card.focus === 'no'),
    cell('  '),
    choice(queuesBehind ? 'Queue it' : 'Yes', card.focus === 'yes'),
    cell(ready ? '   Tab, then Enter' : '   please wait', 'faint'),
  ];
}
