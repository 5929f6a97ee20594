import { meantOperation } from '../../model/active-operation.ts';
import { countLeaves } from '../../model/counts.ts';
import { operationName } from '../../model/operation-name.ts';
import type { Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import { clip, columnRight, width as widthOf } from '../cells.ts';
import { duration } from '../format/duration.ts';
import { clockTime } from '../format/instant.ts';
import { cursorOf } from '../items.ts';
import { bodyHeight, listHeight, panes } from '../layout.ts';
import { passageOf } from '../passage.ts';
import { type PhaseFlags, phaseFlags } from '../phase-flags.ts';
import { focusOf, openGroups, planItems } from '../plan-items.ts';
import type { PlanNode } from '../plan-tree.ts';
import type { Look, Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { shownState } from '../shown-state.ts';
import { treeChoice } from '../tree-choice.ts';
import type { Ui } from '../ui.ts';
import { autopilotRow } from './autopilot.ts';
import { beside, cell, clipRow, fill, fitRow, glyph, mark, rowWidth, toned } from './line.ts';
import { flagCells } from './phase-flags.ts';
import { planDetailRows } from './plan-detail.ts';
import { sourceLine } from './source-line.ts';

/** The plan as a tree, with the details of the selected phase beside it where there is room, else in its place on Enter. */
export function planRows(scene: Scene, ui: Ui): Row[] {
  const height = bodyHeight(scene.size);
  if (scene.cluster.plan === null) return fill(noPlan(scene), height);
  const list = ui.lists.plan;
  const widths = panes(scene.size);
  const selected = scene.tree.byId.get(cursorOf(scene, ui) ?? '') ?? null;
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

/**
 * What is wrong with the source goes first, then the autopilot where there is one; without a pane for details, the error of the selected phase; else what the
 * columns of the tree are.
 */
function secondLine(scene: Scene, ui: Ui, selected: PlanNode | null): Row {
  const trouble = sourceLine(scene, 'plan', ui);
  const error = selected?.phase.error ?? null;
  if (trouble.length > 0) return trouble;
  if (scene.cluster.autopilot !== null) return autopilotRow(scene, scene.size.columns);
  const widths = panes(scene.size);
  const besides = widths.detail !== null;
  if (!besides && ui.lists.plan.detail) return [];
  if (besides || error === null) return headings(widths.list);
  return clipRow([cell(` ${error.replaceAll('\n', ' ')}`, 'bad')], scene.size.columns, scene.look);
}

/** `changed` is the one time gravity keeps of a phase, of a group its newest: when it began while it runs, else when it ended. */
function headings(width: number): Row {
  const { counts, time, elapsed } = numbers(width);
  const words = columnRight('leaves', counts) + columnRight('changed', time) + columnRight('took', elapsed);
  return [cell(columnRight(words, width - 1), 'faint')];
}

/** The widths of the columns after the name; narrow lists have no time. */
function numbers(width: number): { counts: number; time: number; elapsed: number } {
  return width >= 60 ? { counts: 9, time: 10, elapsed: 9 } : { counts: 8, time: 0, elapsed: 8 };
}

/** Only the rows that are on the screen are made: a plan of ten thousand leaves costs no more to draw than one of ten. */
function treeRows(scene: Scene, ui: Ui, columns: number): Row[] {
  const choice = treeChoice(ui);
  const { plan } = ui.lists;
  const items = planItems(scene.tree, choice);
  if (items.length === 0) return [[cell(` nothing passes the filter ${plan.filter}`, 'faint')]];
  const height = listHeight('plan', scene.size);
  const cursor = cursorOf(scene, ui);
  const index = Math.max(
    0,
    items.findIndex((node) => node.phase.id === cursor),
  );
  const top = scrollTop({ count: items.length, index, top: plan.top, height });
  const isOpen = openGroups(scene.tree, choice);
  const isFolded = (node: PlanNode) => !node.phase.leaf && plan.filter === '' && !isOpen(node);
  const fold = (node: PlanNode) =>
    node.phase.leaf || plan.filter !== '' ? '' : ` ${glyph(isFolded(node) ? 'folded' : 'open', scene.look)}`;
  return items.slice(top, top + height).map((node, row) => {
    const chosen = top + row === index;
    const cells = treeRow(scene, ui, {
      node,
      fold: fold(node),
      flags: phaseFlags(node, scene.cluster, isFolded(node)),
      width: columns,
    });
    const line = [cell(chosen ? glyph('cursor', scene.look) : ' ', 'cursor'), ...cells];
    return clipRow(chosen ? toned(line, 'strong') : line, columns, scene.look);
  });
}

type TreeLine = { node: PlanNode; fold: string; flags: PhaseFlags; width: number };

function treeRow(scene: Scene, ui: Ui, at: TreeLine): Row {
  const { node, width } = at;
  const state = shownState(node, scene);
  const { changed, took } = passageOf(node, scene);
  const { counts, time, elapsed } = numbers(width);
  const indent = '  '.repeat(node.depth);
  const room = Math.max(6, width - 4 - indent.length - counts - time - elapsed);
  const when = changed === null ? '' : clockTime(changed, ui.time, scene.now).replace(/:\d\d$/, '');
  return [
    cell(indent),
    mark(state, scene.look),
    cell(' '),
    ...nameCells(at, { state, room, look: scene.look }),
    cell(
      columnRight(node.phase.leaf ? '' : `${node.completed}/${node.leaves}`, counts),
      state === 'partly' || state === 'unseen' ? 'warn' : undefined,
    ),
    cell(columnRight(when, time), 'faint'),
    cell(columnRight(took === null ? '' : duration(took), elapsed)),
  ];
}

/** The name, and behind it what is set on the phase; the marks stay when both do not fit. */
function nameCells({ node, fold, flags }: TreeLine, at: { state: MarkName; room: number; look: Look }): Row {
  const { state, room, look } = at;
  const name = `${node.name}${fold}`;
  const behind = flagCells(flags, look, Math.max(4, room - widthOf(name)));
  const role = state === 'failed' ? 'bad' : state === 'unstarted' ? 'faint' : undefined;
  const left = clip(name, room - rowWidth(behind), glyph('more', look));
  return fitRow([cell(left, role), ...behind], room, look);
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
