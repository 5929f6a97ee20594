import { meantOperation } from '../../model/active-operation.ts';
import { countLeaves } from '../../model/counts.ts';
import { knownPlan } from '../../model/observed-plan.ts';
import { operationName } from '../../model/operation-name.ts';
import type { Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import { doneWords } from '../done-words.ts';
import { endWords } from '../end-words.ts';
import { runningWords, tookWords } from '../phase-time.ts';
import { focusOf } from '../plan-items.ts';
import type { PlanNode } from '../plan-tree.ts';
import { rolledBackWords } from '../rolled-back-words.ts';
import type { Scene } from '../scene.ts';
import { shownState } from '../shown-state.ts';
import type { Ui } from '../ui.ts';
import { cell, clipRow, glyph, mark, rowWidth } from './line.ts';

/**
 * `upgrade 5b1b4a0a   23/86 leaves   → running /masters/… 3m10s of about 5m48s   done about 14:52 ± 8m`, as much of it as
 * fits. Never a percentage, which nothing could justify.
 */
export function planSummary(scene: Scene, ui: Ui): Row {
  const counts = countLeaves(knownPlan(scene.cluster)?.phases ?? []);
  const leaves = `${counts.completed}/${counts.leaves}`;
  const rolledBack = rolledBackWords(scene.cluster);
  const isOver = counts.completed === counts.leaves || rolledBack !== null;
  const parts: readonly (readonly Row[])[] = [
    nameForms(scene),
    [[cell(`${leaves} leaves`)], [cell(leaves)]],
    counts.failed > 0 ? [[cell(`${counts.failed} failed`, 'bad')]] : [],
    isOver
      ? rolledBack === null
        ? doneWords(scene, ui.time).map((text): Row => [cell(text, 'good')])
        : [[cell(rolledBack)]]
      : focusForms(scene),
    isOver ? [] : endForms(scene, ui),
  ];
  const lines = shortenings.map((levels) =>
    joined(parts.map((forms, index) => formAt(forms, levels[index]))),
  );
  const line = lines.find((row) => rowWidth(row) <= scene.size.columns) ?? lines.at(-1) ?? [];
  return clipRow(line, scene.size.columns, scene.look);
}

/**
 * How far name, leaves, failures, the phase and the end are shortened, in the order it is tried: the name goes first, the
 * words before the start of the phase's id, that before the spread of the end.
 */
const shortenings: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0],
  [1, 0, 0, 0, 0],
  [1, 0, 0, 1, 0],
  [2, 0, 0, 1, 0],
  [2, 0, 0, 1, 1],
  [2, 1, 0, 1, 1],
  [2, 1, 0, 2, 1],
  [2, 1, 0, 2, 2],
  [2, 1, 0, 3, 2],
  [2, 1, 0, 3, 3],
];

/** Past its last form a part stays as short as it gets. */
function formAt(forms: readonly Row[], level = 0): Row {
  return forms[Math.min(level, forms.length - 1)] ?? [];
}

function joined(rows: readonly Row[]): Row {
  const shown = rows.filter((row) => row.length > 0);
  return shown.flatMap((row, index) => [cell(index === 0 ? ' ' : '   '), ...row]);
}

function nameForms(scene: Scene): Row[] {
  const operation = meantOperation(scene.cluster);
  if (scene.size.columns < 100) return [];
  const name = `${operationName(operation?.type ?? null)} ${operation?.id?.slice(0, 8) ?? ''}`.trimEnd();
  const state = operation?.state ?? '';
  return [[cell(name, 'title'), cell(state === '' ? '' : ` ${state}`)], [cell(name, 'title')], []];
}

/** The phase the eye should be on; its id gives way at its start, where it tells least. */
function focusForms(scene: Scene): Row[] {
  const focus = focusOf(scene.tree);
  if (focus === null) return [];
  const state = shownState(focus, scene);
  const word =
    state === 'unstarted' || state === 'rolled_back'
      ? 'next'
      : state === 'unseen'
        ? 'in progress, no known runner:'
        : state;
  const time = timeOf(focus, scene, state);
  const role = time?.late ? ('warn' as const) : undefined;
  const told = (said: string, id: string, how: string | undefined): Row => [
    mark(state, scene.look),
    cell(` ${said}${id}`),
    cell(how === undefined ? '' : ` ${how}`, role),
  ];
  const { id } = focus.phase;
  const brief = state === 'running' ? '' : `${word} `;
  return [
    told(`${word} `, id, time?.long),
    told(brief, id, time?.short),
    told(brief, shortId(focus, scene), time?.short),
    told(brief, shortId(focus, scene), time?.short.replace(/ of .*/, '')),
  ];
}

/** How far it is while it runs; where nobody is seen running it, how long it has stood there. */
function timeOf(focus: PlanNode, scene: Scene, state: MarkName): ReturnType<typeof runningWords> {
  if (state === 'running') return runningWords(focus, scene);
  const { text, late } = tookWords(focus, scene);
  return state === 'unseen' && text !== '' ? { long: text, short: text, late } : null;
}

/** `…/master-2/system-upgrade`: the last two names tell which node and what is done there. */
function shortId({ phase }: PlanNode, { look }: Scene): string {
  const names = phase.id.split('/').slice(1);
  return names.length < 3 ? phase.id : [glyph('more', look), ...names.slice(-2)].join('/');
}

function endForms(scene: Scene, ui: Ui): Row[] {
  const end = endWords(scene, ui.time);
  if (end === null) return [];
  const [long, ...shorter] = [end.long, ...end.shorter].map((text): Row => [cell(text)]);
  const shortest = shorter.at(-1) ?? [];
  return [long ?? [], shorter[0] ?? [], shortest, []];
}
