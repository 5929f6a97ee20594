import type { Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import { clip, width as widthOf } from '../cells.ts';
import type { PhaseFlags } from '../phase-flags.ts';
import type { PlanNode } from '../plan-tree.ts';
import type { Look } from '../scene.ts';
import { cell, fitRow, glyph, rowWidth } from './line.ts';
import { flagCells } from './phase-flags.ts';

/** The name of a phase, and behind it what is set on the phase; the marks stay when both do not fit. */
export function phaseName(
  { node, fold, flags }: { node: PlanNode; fold: string; flags: PhaseFlags },
  at: { state: MarkName; room: number; look: Look },
): Row {
  const { state, room, look } = at;
  const name = `${node.name}${fold}`;
  const behind = flagCells(flags, look, Math.max(4, room - widthOf(name)));
  const role = state === 'failed' ? 'bad' : state === 'unstarted' ? 'faint' : undefined;
  const left = clip(name, room - rowWidth(behind), glyph('more', look));
  return fitRow([cell(left, role), ...behind], room, look);
}
