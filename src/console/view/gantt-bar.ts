import { type Left, likelyRange } from '../../model/estimate/timing.ts';
import { cellOf, type Stretch } from '../../model/node-strip.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import { type MarkName, marks } from '../../theme/marks.ts';
import type { Role } from '../../theme/roles.ts';
import { leafSpan } from '../leaf-span.ts';
import type { PlanNode } from '../plan-tree.ts';
import type { Look, Scene } from '../scene.ts';
import type { Schedule } from '../schedule.ts';
import { shownState } from '../shown-state.ts';
import { cell, glyph } from './line.ts';

/** One cell of a bar; of several in one cell that of the highest rank is seen. */
type Dot = { text: string; role?: Role; rank: number };

export type BarAxis = { stretch: Stretch; schedule: Schedule };

/**
 * When leaves ran, and lighter when they are expected to, drawn over each other: a group shows what ran in it and when
 * nothing did. With `end` the spread of the operation's end is drawn too. A failure and a rollback end in their marks; an end whose beginning nobody saw is a point.
 */
export function barCells(
  scene: Scene,
  leaves: readonly PlanNode[],
  { stretch, schedule, end = null }: BarAxis & { end?: Left | null },
): Row {
  const dots = new Map<number, Dot>();
  const put = (at: number, dot: Dot) => {
    if (at >= 0 && at < stretch.cells && dot.rank > (dots.get(at)?.rank ?? -1)) dots.set(at, dot);
  };
  if (stretch.to > scene.now)
    put(cellOf(stretch, scene.now), { text: glyph('wall', scene.look), role: 'faint', rank: 0 });
  for (const leaf of leaves) {
    const ahead = schedule.get(leaf.phase.id);
    if (ahead) drawAhead(ahead, { stretch, look: scene.look, put });
    drawSeen(leaf, scene, { stretch, put });
  }
  if (end !== null) drawEnd(end, scene, { stretch, put });
  return asRow(dots, stretch.cells);
}

type Put = (at: number, dot: Dot) => void;

function drawAhead(
  { from, to }: { from: number; to: number },
  { stretch, look, put }: { stretch: Stretch; look: Look; put: Put },
): void {
  const [first, last] = cellsOf(stretch, from, to);
  for (let at = first; at <= last; at += 1) put(at, { text: glyph('ahead', look), role: 'faint', rank: 1 });
}

/** The likely range of the end, as far as it is on the axis, and in it the estimate. */
function drawEnd(left: Left, { now, look }: Scene, { stretch, put }: { stretch: Stretch; put: Put }): void {
  const { mid } = left;
  const { low, high } = likelyRange(left);
  const [first, last] = cellsOf(stretch, now + low, now + high);
  for (let at = first; at <= last; at += 1) put(at, { text: glyph('spread', look), role: 'faint', rank: 2 });
  if (now + high >= stretch.to) put(last, { text: glyph('more', look), role: 'faint', rank: 3 });
  put(cellOf(stretch, now + mid), { text: glyph('end', look), role: 'strong', rank: 3 });
}

function drawSeen(leaf: PlanNode, scene: Scene, { stretch, put }: { stretch: Stretch; put: Put }): void {
  const span = leafSpan(leaf, scene);
  if (span === null) return;
  const state = shownState(leaf, scene);
  const late = scene.timing.isLate(leaf.phase.id);
  const role = late ? 'warn' : roles[state];
  const rank = ranks[state] ?? 3;
  const { look } = scene;
  if (span.to < stretch.from) {
    put(0, { text: glyph('before', look), role: 'faint', rank: 2 });
    return;
  }
  const [first, last] = cellsOf(stretch, span.from ?? span.to, span.to);
  const body = glyph(span.from === null ? 'point' : 'ran', look);
  for (let at = first; at <= last; at += 1) put(at, { text: body, role, rank });
  const end = late
    ? '!'
    : ends.includes(state)
      ? look.ascii
        ? marks[state].ascii
        : marks[state].mark
      : null;
  if (end !== null) put(last, { text: end, role, rank: rank + 0.5 });
}

/** What ended the bar is told by its mark, where that is not the usual. */
const ends: readonly MarkName[] = ['failed', 'rolled_back', 'unseen'];
const ranks: Partial<Record<MarkName, number>> = { failed: 6, running: 5, unseen: 5, rolled_back: 4 };
const roles: Partial<Record<MarkName, Role>> = {
  running: 'busy',
  unseen: 'warn',
  failed: 'bad',
  rolled_back: 'warn',
};

/** At least one cell; a bar that ends where the next begins leaves that cell to it. */
function cellsOf(stretch: Stretch, from: number, to: number): [number, number] {
  const first = Math.max(0, cellOf(stretch, from));
  return [first, Math.max(first, cellOf(stretch, Math.max(from, to - 1)))];
}

function asRow(dots: ReadonlyMap<number, Dot>, cells: number): Row {
  const row: Cell[] = [];
  for (let at = 0; at < cells; at += 1) {
    const { text, role } = dots.get(at) ?? { text: ' ', role: undefined };
    const last = row.at(-1);
    if (last !== undefined && last.role === role) row[row.length - 1] = { ...last, text: last.text + text };
    else row.push(cell(text, role));
  }
  return row;
}
