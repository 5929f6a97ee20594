import { usualRange } from '../../model/usual-range.ts';
import type { Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import type { Role } from '../../theme/roles.ts';
import { wrap } from '../cells.ts';
import { duration } from '../format/duration.ts';
import { leftWords, runningWords, timeSource, tookWords } from '../phase-time.ts';
import type { PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';
import { cell } from './line.ts';

/** What stands behind the state of a phase: how far it is while it runs, else how long it took. */
export function phaseTime(node: PlanNode, scene: Scene, state: MarkName): { text: string; late: boolean } {
  const running = state === 'running' ? runningWords(node, scene) : null;
  if (running === null) return tookWords(node, scene);
  return { text: running.late ? running.short : running.long, late: running.late };
}

/**
 * Under it: that a leaf is late, what it should take and where that is known from; of a group what is left of it.
 * Nothing of what is completed.
 */
export function timeRows(node: PlanNode, scene: Scene, width: number): Row[] {
  const { leaf, id, state } = node.phase;
  if (state === 'completed') return [];
  if (!leaf) return labelled('left', leftWords(node, scene).replace('~', 'about '), width);
  const times = scene.timing.leaf(id);
  if (times === null) return [];
  const late = scene.timing.isLate(id) ? [`past its usual ${duration(times.p90)}`] : [];
  const usual = usualRange(times, duration);
  return [
    ...late.flatMap((text) => indented(`! ${text}`, width, 'warn')),
    ...(state === 'in_progress' ? [] : labelled('usually', usual, width)),
    ...indented(timeSource(times, scene), width, 'faint'),
  ];
}

function indented(text: string, width: number, role: Role): Row[] {
  return wrap(text, width - 2).map((line) => [cell(`  ${line}`, role)]);
}

function labelled(name: string, text: string, width: number): Row[] {
  if (text === '') return [];
  return wrap(text, width - 10).map((line, index) => [
    cell((index === 0 ? name : '').padEnd(10), 'faint'),
    cell(line),
  ]);
}
