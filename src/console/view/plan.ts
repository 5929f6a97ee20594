import { meantOperation } from '../../model/active-operation.ts';
import { countLeaves } from '../../model/counts.ts';
import { operationName } from '../../model/operation-name.ts';
import type { Row } from '../../theme/cell.ts';
import { column, columnRight } from '../cells.ts';
import { duration } from '../format/duration.ts';
import { clockTime } from '../format/instant.ts';
import { bodyHeight, listHeight, panes } from '../layout.ts';
import { passageOf } from '../passage.ts';
import { focusOf, isOpen, planItems } from '../plan-items.ts';
import type { PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { shownState } from '../shown-state.ts';
import type { Ui } from '../ui.ts';
import { beside, cell, clipRow, fill, glyph, mark, toned } from './line.ts';
import { planDetailRows } from './plan-detail.ts';
import { sourceLine } from './source-line.ts';

/** The plan as a tree, with the details of the selected phase beside it where there is room, else in its place on Enter. */
export function planRows(scene: Scene, ui: Ui): Row[] {
  const height = bodyHeight(scene.size);
  if (scene.cluster.plan === null) return fill(noPlan(scene), height);
  const list = ui.lists.plan;
  const widths = panes(scene.size);
  const selected = scene.tree.byId.get(list.selected ?? '') ?? focusOf(scene.tree);
  const head = [summary(scene), secondLine(scene, ui, selected)];
  if (widths.detail === null && list.detail && selected)
    return fill(
      [...head, ...planDetailRows({ scene, ui, node: selected, width: widths.list }).slice(list.detailTop)],
      height,
    );
  const tree = treeRows(scene, ui, widths.list);
  if (widths.detail === null || selected === null) return fill([...head, ...tree], height);
  const detail = planDetailRows({ scene, ui, node: selected, width: widths.detail }).slice(list.detailTop);
  return [
    ...head,
    ...beside({ rows: tree, width: widths.list }, detail, {
      height: height - head.length,
      look: scene.look,
      focused: list.detail,
    }),
  ];
}

/** What is wrong with the source goes first; without a pane for details, the error of the selected phase. */
function secondLine(scene: Scene, ui: Ui, selected: PlanNode | null): Row {
  const trouble = sourceLine(scene, 'plan', ui);
  const error = selected?.phase.error ?? null;
  if (trouble.length > 0 || error === null || panes(scene.size).detail !== null || ui.lists.plan.detail)
    return trouble;
  return clipRow([cell(` ${error.replaceAll('\n', ' ')}`, 'bad')], scene.size.columns, scene.look);
}

/** Only the rows that are on the screen are made: a plan of ten thousand leaves costs no more to draw than one of ten. */
function treeRows(scene: Scene, ui: Ui, columns: number): Row[] {
  const { folds, plan } = { folds: ui.folds, plan: ui.lists.plan };
  const items = planItems(scene.tree, { folds, filter: plan.filter });
  if (items.length === 0) return [[cell(` nothing passes the filter ${plan.filter}`, 'faint')]];
  const height = listHeight('plan', scene.size);
  const selected = plan.selected ?? focusOf(scene.tree)?.phase.id ?? null;
  const index = Math.max(
    0,
    items.findIndex((node) => node.phase.id === selected),
  );
  const top = scrollTop({ count: items.length, index, top: plan.top, height });
  return items
    .slice(top, top + height)
    .map((node, row) => treeRow(scene, ui, { node, columns, chosen: top + row === index }));
}

function treeRow(scene: Scene, ui: Ui, at: { node: PlanNode; columns: number; chosen: boolean }): Row {
  const { node, columns } = at;
  const state = shownState(node, scene);
  const group = !node.phase.leaf;
  const passage = passageOf(node, scene);
  const wide = columns >= 60;
  const numbers = wide ? 9 + 10 + 9 : 7 + 8;
  const indent = '  '.repeat(node.depth);
  const name = column(
    `${node.name}${group ? folded(scene, ui, node) : ''}`,
    Math.max(6, columns - 4 - indent.length - numbers),
    glyph('more', scene.look),
  );
  const counts = group ? `${node.completed}/${node.leaves}` : '';
  const elapsed = passage.took === null ? '' : duration(passage.took);
  const time = wide
    ? columnRight(
        passage.began === null ? '' : clockTime(passage.began, ui.time, scene.now).replace(/:\d\d$/, ''),
        10,
      )
    : '';
  const row: Row = [
    cell(at.chosen ? glyph('cursor', scene.look) : ' ', 'cursor'),
    cell(indent),
    mark(state, scene.look),
    cell(` ${name}`, state === 'failed' ? 'bad' : state === 'unstarted' ? 'faint' : undefined),
    cell(columnRight(counts, wide ? 9 : 7), state === 'partly' || state === 'unseen' ? 'warn' : undefined),
    cell(time, 'faint'),
    cell(columnRight(elapsed, wide ? 9 : 8)),
  ];
  return at.chosen ? toned(clipRow(row, columns, scene.look), 'strong') : clipRow(row, columns, scene.look);
}

function folded(scene: Scene, ui: Ui, node: PlanNode): string {
  if (ui.lists.plan.filter !== '') return '';
  return ` ${glyph(isOpen(scene.tree, ui.folds, node) ? 'open' : 'folded', scene.look)}`;
}

/** `upgrade 5b1b4a0a  23/86 leaves  running /masters/…`: never a percentage, which nothing could justify. */
function summary(scene: Scene): Row {
  const operation = meantOperation(scene.cluster);
  const counts = countLeaves(scene.cluster.plan?.phases ?? []);
  const focus = focusOf(scene.tree);
  const state = focus ? shownState(focus, scene) : 'unknown';
  const failed = counts.failed > 0 ? [cell(`   ${counts.failed} failed`, 'bad')] : [];
  const name =
    scene.size.columns < 100
      ? []
      : [
          cell(
            ` ${operationName(operation?.type ?? null)} ${operation?.id?.slice(0, 8) ?? ''}`,
            'title' as const,
          ),
          cell(` ${operation?.state ?? ''}  `),
        ];
  return clipRow(
    [
      ...name,
      cell(` ${counts.completed}/${counts.leaves} leaves`),
      ...failed,
      cell('   '),
      ...(counts.completed === counts.leaves
        ? [cell('all leaves are completed', 'good')]
        : focusCells(scene, focus, state)),
    ],
    scene.size.columns,
    scene.look,
  );
}

function focusCells(scene: Scene, focus: PlanNode | null, state: ReturnType<typeof shownState>): Row {
  if (focus === null) return [];
  const word =
    state === 'unstarted' || state === 'rolled_back'
      ? 'next'
      : state === 'unseen'
        ? 'in progress, nobody seen running it:'
        : state;
  const took = passageOf(focus, scene).took;
  const time = state === 'running' && took !== null ? ` ${duration(took)}` : '';
  return [mark(state, scene.look), cell(` ${word} ${focus.phase.id}${time}`)];
}

function noPlan(scene: Scene): Row[] {
  const { plan } = scene.cluster.sources;
  const why =
    plan.problem?.sentence ??
    (plan.state === 'never' ? 'The agent has not read a plan yet.' : 'There is no operation plan.');
  return [
    [],
    [cell(`  ${why}`)],
    ...(plan.problem ? [[cell(`  Next: ${plan.problem.nextStep}`, 'faint' as const)]] : []),
  ];
}
