import { planDrive } from '../../model/plan-drive.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import { marks } from '../../theme/marks.ts';
import { clockTime, minuteOfDay } from '../format/instant.ts';
import { minutes } from '../format/minutes.ts';
import { leafSpan } from '../leaf-span.ts';
import { passageOf } from '../passage.ts';
import { leftWords } from '../phase-time.ts';
import { leavesUnder, type PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';
import type { Schedule } from '../schedule.ts';
import { shownState } from '../shown-state.ts';
import type { Ui } from '../ui.ts';
import { cell, clipRow, mark } from './line.ts';
import { phaseTime } from './phase-time-rows.ts';

/** The numbers of the selected phase on one line: how it stands, from when to when, what is left, and its error. */
export function chosenRow(
  scene: Scene,
  ui: Ui,
  { node, schedule }: { node: PlanNode | null; schedule: Schedule },
): Row {
  if (node === null) return [];
  const state = shownState(node, scene);
  const { text, late } = phaseTime(node, scene, state);
  const { attempts } = passageOf(node, scene);
  const left = leftWords(node, scene);
  const parts: (Cell | null)[] = [
    cell(text === '' ? '' : ` ${text}`, late ? 'warn' : undefined),
    told(attempts !== null && attempts > 1 ? `attempt ${attempts}` : null),
    told(node.phase.leaf ? null : `${node.completed}/${node.leaves} leaves`),
    told(left === '' ? null : left === 'due' ? left : `${left} left`),
    told(whenSeen(node, scene, ui)),
    told(whenExpected(node, scene, { ui, schedule })),
    node.phase.error === null ? null : cell(`   ${node.phase.error.replaceAll('\n', ' ')}`, 'bad'),
  ];
  return clipRow(
    [
      cell(` ${node.phase.id}   `, 'title'),
      mark(state, scene.look),
      cell(` ${marks[state].word}`, marks[state].role),
      ...parts.filter((part) => part !== null),
    ],
    scene.size.columns,
    scene.look,
  );
}

function told(text: string | null): Cell | null {
  return text === null ? null : cell(`   ${text}`);
}

/** `13:36:02 to 13:48:46`, of what runs since when, of an end whose beginning nobody saw that alone. */
function whenSeen(node: PlanNode, scene: Scene, ui: Ui): string | null {
  const spans = leavesUnder(node).flatMap((leaf) => leafSpan(leaf, scene) ?? []);
  if (spans.length === 0) return null;
  const at = (ms: number) => clockTime(new Date(ms).toISOString(), ui.time, scene.now);
  const first = spans.reduce((least, { from, to }) => Math.min(least, from ?? to), scene.now);
  const last = at(spans.reduce((most, { to }) => Math.max(most, to), 0));
  if (node.phase.state === 'in_progress') return `since ${at(first)}`;
  const unseen = spans.every(({ from }) => from === null);
  return unseen ? `ended ${last}, its beginning was not seen` : `${at(first)} to ${last}`;
}

/** Told only while somebody goes on: nobody knows when an operation that waits will. */
function whenExpected(
  node: PlanNode,
  { cluster, states, now }: Scene,
  { ui, schedule }: { ui: Ui; schedule: Schedule },
): string | null {
  if (node.phase.state !== 'unstarted' || planDrive(cluster, states, now) !== 'onward') return null;
  const begins = leavesUnder(node).flatMap((leaf) => schedule.get(leaf.phase.id)?.from ?? []);
  if (begins.length === 0) return null;
  const at = Math.min(...begins);
  return ui.time === 'relative'
    ? `begins in about ${minutes(at - now)}`
    : `begins about ${minuteOfDay(at, ui.time, now)}`;
}
