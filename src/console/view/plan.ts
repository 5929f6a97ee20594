import { standing } from '../../model/place.ts';
import type { Row } from '../../theme/cell.ts';
import { columnRight } from '../cells.ts';
import { clockTime } from '../format/instant.ts';
import { cursorOf } from '../items.ts';
import { bodyHeight, panes } from '../layout.ts';
import { treeLines } from '../list-lines.ts';
import { passageOf } from '../passage.ts';
import { type PhaseFlags, phaseFlags } from '../phase-flags.ts';
import { leftWords, tookWords } from '../phase-time.ts';
import { planAbsenceWords } from '../plan-absence-words.ts';
import type { PlanNode } from '../plan-tree.ts';
import { listPart, planWindow } from '../plan-window.ts';
import type { Scene } from '../scene.ts';
import { shownState } from '../shown-state.ts';
import type { Ui } from '../ui.ts';
import { autopilotRow } from './autopilot.ts';
import { ganttRows } from './gantt.ts';
import { cell, fill, glyph, mark } from './line.ts';
import { listHead, listRow, namedHead } from './list.ts';
import { named, withDetail } from './panes.ts';
import { phaseName } from './phase-name.ts';
import { planDetailRows } from './plan-detail.ts';
import { planSummary } from './plan-summary.ts';
import { sourceLine } from './source-line.ts';

/** The plan as a tree, with the details of the selected phase beside it where there is room, else in its place on Enter. */
export function planRows(scene: Scene, ui: Ui): Row[] {
  const height = bodyHeight(scene.size);
  if (scene.cluster.plan === null) return fill(noPlan(scene), height);
  const list = ui.lists.plan;
  // Plain lines say the same as a tree.
  if (ui.gantt && !ui.linear) return ganttRows(scene, ui);
  const widths = panes(scene.size);
  const selected = scene.tree.byId.get(cursorOf(scene, ui) ?? '') ?? null;
  const head = [
    planSummary(scene, ui),
    ...(scene.cluster.autopilot === null ? [] : [autopilotRow(scene, scene.size.columns)]),
    secondLine(scene, ui, selected),
  ];
  if (widths.detail === null && list.detail && selected) {
    const rows = planDetailRows({ scene, ui, node: selected, width: widths.list });
    return fill([...head, ...named(rows.slice(list.detailTop), 'details')], height);
  }
  const tree = treeRows(scene, ui, widths.list);
  if (widths.detail === null || selected === null) return fill([...head, ...tree], height);
  const detail = planDetailRows({ scene, ui, node: selected, width: widths.detail }).slice(list.detailTop);
  const at = { panes: widths, height: height - head.length, look: scene.look, focused: list.detail };
  return [...head, ...withDetail(tree, detail, at)];
}

/**
 * What is wrong with the source goes first, then that the agent is not on the lead master; without a pane for details, the
 * error of the selected phase; else what the columns of the tree are.
 */
function secondLine(scene: Scene, ui: Ui, selected: PlanNode | null): Row {
  const widths = panes(scene.size);
  const besides = widths.detail !== null;
  const trouble = sourceLine(scene, 'plan', ui);
  const error = selected?.phase.error ?? null;
  const at = { cells: scene.size.columns, look: scene.look };
  const part = listPart(scene, ui);
  if (trouble.length > 0) return listHead(trouble, part, at);
  const elsewhere = elsewhereWords(scene);
  if (elsewhere !== null) return listHead([cell(` ${elsewhere}`, 'warn')], part, at);
  if (!besides && ui.lists.plan.detail) return [];
  if (besides || error === null) return namedHead(headings(widths.list), part, at);
  return listHead([cell(` ${error.replaceAll('\n', ' ')}`, 'bad')], part, at);
}

/** Every node has its own copy of the plan, and learns what others did only with its own next command. */
function elsewhereWords({ cluster }: Scene): string | null {
  const { here, lead, isLead } = standing(cluster);
  if (isLead !== false || lead === null) return null;
  return `not the lead master (${lead.hostname}): this copy of the plan may be behind; only phases that run on ${here ?? 'this node'} can be run here`;
}

/**
 * `changed` is the one time gravity keeps of a phase, of a group its newest: when it began while it runs, else when it
 * ended. `took` and `left` are ours.
 */
function headings(width: number): Row {
  const { counts, time, elapsed, left } = numbers(width);
  const words =
    columnRight('leaves', counts) +
    columnRight('changed', time) +
    columnRight('took', elapsed) +
    columnRight('left', left);
  return [cell(columnRight(words, width - 1), 'faint')];
}

/** The widths of the columns after the name; narrow lists have no time, and only wide ones what is left. */
function numbers(width: number): { counts: number; time: number; elapsed: number; left: number } {
  if (width < 60) return { counts: 8, time: 0, elapsed: 8, left: 0 };
  return { counts: 9, time: 10, elapsed: 9, left: width < 68 ? 0 : 9 };
}

function treeRows(scene: Scene, ui: Ui, columns: number): Row[] {
  const lines = planWindow(scene, ui, treeLines(scene, ui));
  if (lines.length === 0) return [[cell(' No items match the filter', 'faint')]];
  return lines.map(({ node, chosen, fold }) => {
    const cells = treeRow(scene, ui, {
      node,
      fold: fold === null ? '' : ` ${glyph(fold, scene.look)}`,
      flags: phaseFlags(node, scene.cluster, fold === 'folded'),
      width: columns,
    });
    return listRow(cells, { chosen, focused: !ui.lists.plan.detail, cells: columns, look: scene.look });
  });
}

type TreeLine = { node: PlanNode; fold: string; flags: PhaseFlags; width: number };

function treeRow(scene: Scene, ui: Ui, at: TreeLine): Row {
  const { node, width } = at;
  const state = shownState(node, scene);
  const took = tookWords(node, scene);
  const { counts, time, elapsed, left } = numbers(width);
  const indent = '  '.repeat(node.depth);
  const room = Math.max(6, width - 4 - indent.length - counts - time - elapsed - left);
  const when = changedWords(passageOf(node, scene).changed, scene, ui);
  return [
    cell(indent),
    mark(state, scene.look),
    cell(' '),
    ...phaseName(at, { state, room, look: scene.look }),
    cell(
      columnRight(node.phase.leaf ? '' : `${node.completed}/${node.leaves}`, counts),
      state === 'partly' || state === 'unseen' ? 'warn' : undefined,
    ),
    cell(columnRight(when, time), 'faint'),
    cell(columnRight(took.text, elapsed), took.late ? 'warn' : undefined),
    cell(columnRight(leftWords(node, scene), left), 'faint'),
  ];
}

/** To the minute, also as an age: what nobody waits for need not move each second. */
function changedWords(changed: string | null, scene: Scene, ui: Ui): string {
  if (changed === null) return '';
  const text = clockTime(changed, ui.time, scene.now);
  return ui.time === 'relative' ? text.replace(/^\d+s/, '<1m') : text.replace(/:\d\d$/, '');
}

function noPlan(scene: Scene): Row[] {
  const { plan } = scene.cluster.sources;
  const absent = planAbsenceWords(scene.cluster);
  if (absent !== null)
    return [
      [],
      [cell(`  ${absent.text}`)],
      ...(absent.progress === null ? [] : [[cell(`  ${absent.progress}`)]]),
    ];
  const why =
    plan.problem?.sentence ??
    (plan.state === 'never' ? 'The agent has not read a plan yet.' : 'There is no operation plan.');
  return [
    [],
    [cell(`  ${why}`)],
    ...(plan.problem ? [[cell(`  Next: ${plan.problem.nextStep}`, 'faint' as const)]] : []),
  ];
}
