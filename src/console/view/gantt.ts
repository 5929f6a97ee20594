import { meantOperation } from '../../model/active-operation.ts';
import { operationName } from '../../model/operation-name.ts';
import { planDrive } from '../../model/plan-drive.ts';
import type { Row } from '../../theme/cell.ts';
import { column, columnRight } from '../cells.ts';
import { ganttStretch } from '../gantt-stretch.ts';
import { cursorOf } from '../items.ts';
import { bodyHeight, ganttHeights, listHeight } from '../layout.ts';
import { phaseFlags } from '../phase-flags.ts';
import { leftWords, tookWords } from '../phase-time.ts';
import { leavesUnder } from '../plan-tree.ts';
import { listPart, planWindow, type WindowLine } from '../plan-window.ts';
import type { Scene } from '../scene.ts';
import { schedule } from '../schedule.ts';
import { nodesOf } from '../shown-nodes.ts';
import { shownState } from '../shown-state.ts';
import type { Ui } from '../ui.ts';
import { autopilotRow } from './autopilot.ts';
import { type BarAxis, barCells } from './gantt-bar.ts';
import { chosenRow } from './gantt-chosen.ts';
import { healthStrips, stripLegend } from './health-strips.ts';
import { cell, clipRow, fill, glyph, mark, rowWidth } from './line.ts';
import { listRow, positionCells } from './list.ts';
import { named } from './panes.ts';
import { phaseName } from './phase-name.ts';
import { planDetailRows } from './plan-detail.ts';
import { planSummary } from './plan-summary.ts';
import { sourceLine } from './source-line.ts';
import { axisCells } from './time-axis.ts';

/**
 * The plan with time from left to right: the same phases with the same cursor as in the tree, when they ran and when they
 * are expected to, and below on the same axis how the nodes were. Enter on a leaf shows its details in the place of all.
 */
export function ganttRows(scene: Scene, ui: Ui): Row[] {
  const body = bodyHeight(scene.size);
  const selected = scene.tree.byId.get(cursorOf(scene, ui) ?? '') ?? null;
  const { detail, detailTop } = ui.lists.plan;
  const trouble = sourceLine(scene, 'plan', ui);
  const summary = planSummary(scene, ui);
  if (detail && selected) {
    const rows = planDetailRows({ scene, ui, node: selected, width: scene.size.columns - 2 });
    const shown = named(rows.slice(detailTop), 'details');
    return fill([summary, trouble, ...shown.map((row) => [cell(' '), ...row])], body);
  }
  const widths = widthsOf(scene.size.columns);
  const axis = { stretch: ganttStretch(scene, widths.cells), schedule: schedule(scene) };
  const at = { axis, widths, ui };
  const list = listHeight('plan', scene.size, true);
  const { nodes } = ganttHeights(body);
  const phases = phaseRows(scene, at, list);
  const rows = [
    summary,
    trouble.length > 0
      ? trouble
      : (held(scene) ?? chosenRow(scene, ui, { node: selected, schedule: axis.schedule })),
    [
      cell(column(premise(scene, axis), widths.name), 'faint'),
      ...axisCells(scene, ui, axis.stretch),
      ...headings(widths),
    ],
    wholeRow(scene, at),
    ...phases,
    ...nodeRows(scene, at, nodes === 0 ? 0 : nodes + list - phases.length),
  ];
  return fill(rows, body);
}

type Widths = { name: number; cells: number; took: number; left: number };
type At = { axis: BarAxis; widths: Widths; ui: Ui };

/** From 110 columns on there is room for the numbers behind the bars. */
function widthsOf(columns: number): Widths {
  const name = Math.max(14, Math.min(40, Math.floor(columns * 0.3)));
  const [took, left] = columns < 110 ? [0, 0] : [9, 8];
  return { name, took, left, cells: Math.max(8, columns - name - took - left - 1) };
}

/** An autopilot that holds waits for somebody. */
function held(scene: Scene): Row | null {
  const { autopilot } = scene.cluster;
  return autopilot?.state === 'paused' ? autopilotRow(scene, scene.size.columns) : null;
}

/** What is still to come is drawn from now on, also where nobody goes on. */
function premise({ cluster, states, now }: Scene, { schedule: ahead }: BarAxis): string {
  const waits = planDrive(cluster, states, now) !== 'onward';
  return ahead.size > 0 && waits ? ' if resumed now:' : '';
}

function headings({ took, left }: Widths): Row {
  return [cell(columnRight('took', took) + columnRight('left', left), 'faint')];
}

/** All leaves on one line, and the spread the end is expected in. */
function wholeRow(scene: Scene, { axis, widths, ui }: At): Row {
  const name = operationName(meantOperation(scene.cluster)?.type ?? null);
  const end = axis.schedule.size > 0 ? scene.timing.end : null;
  const position = positionCells(listPart(scene, ui), scene.look).map(({ text }) => text.trim());
  const words = position.length === 0 ? `whole ${name}` : `${name} ${position.join('')}`;
  return [
    cell(` ${column(words, widths.name - 2, glyph('more', scene.look))} `, 'strong'),
    ...barCells(scene, scene.tree.leaves, { ...axis, end }),
  ];
}

function phaseRows(scene: Scene, at: At, height: number): Row[] {
  const lines = planWindow(scene, at.ui, height);
  if (lines.length === 0) return [[cell(' No items match the filter', 'faint')]];
  return lines.map((line) => {
    const name = nameCells(scene, line, at.widths.name - 1);
    const { text, late } = tookWords(line.node, scene);
    return [
      ...listRow(name, {
        chosen: line.chosen,
        focused: true,
        cells: rowWidth(name) + 1,
        look: scene.look,
      }),
      ...barCells(scene, leavesUnder(line.node), at.axis),
      cell(columnRight(at.widths.took === 0 ? '' : text, at.widths.took), late ? 'warn' : undefined),
      cell(columnRight(leftWords(line.node, scene), at.widths.left), 'faint'),
    ];
  });
}

function nameCells(scene: Scene, { node, fold }: WindowLine, width: number): Row {
  const { look, cluster } = scene;
  const state = shownState(node, scene);
  const indent = '  '.repeat(node.depth);
  const room = Math.max(4, width - indent.length - 3);
  const told = {
    node,
    fold: fold === null ? '' : ` ${glyph(fold, look)}`,
    flags: phaseFlags(node, cluster, fold === 'folded'),
  };
  const row = [
    cell(indent),
    mark(state, look),
    cell(' '),
    ...phaseName(told, { state, room, look }),
    cell(' '),
  ];
  return clipRow(row, width, look);
}

/** What the cells mean, how many nodes of all there are to see, and the nodes. */
function nodeRows(scene: Scene, { axis, widths }: At, most: number): Row[] {
  if (most === 0) return [];
  const all = nodesOf(scene).length;
  const count = all > most ? ` nodes ${most}/${all}  ` : ' nodes  ';
  const legend = stripLegend(scene, scene.size.columns - count.length);
  const strips = healthStrips(scene, { stretch: axis.stretch, nameWidth: widths.name, most });
  return [[cell(count, 'faint'), ...legend], ...strips];
}
