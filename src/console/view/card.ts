import type { Impact, Judgement } from '../../protocol/judgement.ts';
import type { Row } from '../../theme/cell.ts';
import type { Role } from '../../theme/roles.ts';
import { width, wrap } from '../cells.ts';
import { bodyHeight } from '../layout.ts';
import { named } from '../run-name.ts';
import type { Scene } from '../scene.ts';
import type { Card } from '../ui.ts';
import { fieldRow } from './field.ts';
import { kindCell } from './header.ts';
import { cell, clipRow, fill } from './line.ts';

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
      ...lines(
        scene,
        '',
        card.problem ?? 'The agent is looking at what this would do.',
        card.problem ? 'bad' : 'faint',
      ),
    ];
  return [
    titleRow(scene, named(judgement), judgement.risk),
    ...card.changed.flatMap((text) => lines(scene, 'changed', text, 'warn')),
    ...impactRows(scene, judgement),
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

function impactRows(scene: Scene, judgement: Judgement): Row[] {
  const { impact } = judgement;
  const place =
    impact.runsOn !== null && impact.runsOn === impact.about
      ? `${impact.about}, which is also where it runs`
      : impact.about;
  const maybe = (name: string, text: string | null, role?: Role): Row[] =>
    text === null ? [] : lines(scene, name, text, role);
  return [
    ...maybe('about', place),
    ...maybe('runs on', impact.runsOn !== impact.about ? impact.runsOn : null),
    ...maybe('leaves', leavesText(impact)),
    ...maybe('skips', impact.skips.length > 0 ? someOf(impact.skips) : null, 'warn'),
    ...maybe('versions', impact.versions ? `${impact.versions.from} to ${impact.versions.to}` : null),
    ...maybe(
      'etcd',
      etcdText(impact),
      impact.etcd && impact.etcd.during < impact.etcd.quorum ? 'bad' : undefined,
    ),
    ...maybe('pods', podsText(impact)),
    ...maybe('dark', impact.dark.length > 0 ? impact.dark.join(', ') : null),
    ...impact.warnings.flatMap((text, index) => lines(scene, index === 0 ? 'mind' : '', text, 'warn')),
    ...impact.irreversible.flatMap((text, index) => lines(scene, index === 0 ? 'for good' : '', text, 'bad')),
    ...maybe('undo', impact.undo),
  ];
}

/** The first few in the order they run, and how many there are. */
function leavesText({ leaves }: Impact): string | null {
  if (leaves.length === 0) return null;
  return leaves.length === 1 ? (leaves[0] ?? null) : `${leaves.length}: ${someOf(leaves)}`;
}

function someOf(ids: readonly string[]): string {
  return `${ids.slice(0, 4).join(', ')}${ids.length > 4 ? `, and ${ids.length - 4} more` : ''}`;
}

/** Unknown is said as unknown; where no leaf runs, there is nothing to say. */
function etcdText({ etcd, leaves }: Impact): string | null {
  if (etcd === null) return leaves.length === 0 ? null : 'unknown';
  return `${etcd.now} of ${etcd.members} answer now, ${etcd.during} during, ${etcd.after} after; ${etcd.quorum} must`;
}

function podsText({ pods, podsAsked }: Impact): string | null {
  if (!podsAsked) return null;
  if (pods === null) return 'unknown: they could not be asked for';
  const budgets =
    pods.budgets.length === 0
      ? 'none has a disruption budget'
      : `disruption budgets: ${pods.budgets.slice(0, 3).join(', ')}${pods.budgets.length > 3 ? ` and ${pods.budgets.length - 3} more` : ''}`;
  return `${pods.count}; ${budgets}`;
}

function commandRows(scene: Scene, judgement: Judgement): Row[] {
  const { commands } = judgement;
  const shown = commands
    .slice(0, 3)
    .flatMap((command, index) => lines(scene, index === 0 ? 'command' : '', command, 'strong'));
  const rest =
    commands.length > 3
      ? lines(scene, '', `and ${commands.length - 3} more, one a leaf, in the order above`)
      : [];
  return [...shown, ...rest];
}

function answerRows(scene: Scene, card: Card): Row[] {
  const { judgement } = card;
  const problem = card.problem !== null && judgement !== null ? lines(scene, '', card.problem, 'bad') : [];
  if (judgement === null) return [[cell('   Esc closes', 'faint')]];
  if (!judgement.allowed)
    return [
      ...lines(scene, 'refused', judgement.reason ?? 'refused', 'bad'),
      ...(judgement.nextStep ? lines(scene, 'next', judgement.nextStep) : []),
      [cell('   w why   Esc closes', 'faint')],
    ];
  if (card.stage === 'starting') return [...problem, [cell('   asking the agent to start it', 'faint')]];
  return [...problem, ...fieldRows(scene, card, judgement), choiceRow(card)];
}

function fieldRows(scene: Scene, card: Card, judgement: Judgement): Row[] {
  const { confirm } = judgement;
  const word = `Type ${confirm.word ?? ''} to go on`;
  return [
    ...(confirm.kind === 'type' ? [typedRow(scene, word, [card.word, card.focus === 'word'])] : []),
    ...(confirm.reason
      ? [typedRow(scene, 'Reason, for the record', [card.reason, card.focus === 'reason'])]
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
    cell(ready ? '   Tab, then Enter' : '   one moment', 'faint'),
  ];
}

function lines(scene: Scene, name: string, text: string, role?: Role): Row[] {
  return wrap(text, scene.size.columns - 15).map(
    (line, index): Row => [cell(`   ${(index === 0 ? name : '').padEnd(10)} `, 'faint'), cell(line, role)],
  );
}
