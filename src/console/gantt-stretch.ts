import type { Stretch } from '../model/node-strip.ts';
import { leafSpan } from './leaf-span.ts';
import type { Scene } from './scene.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * The time the Gantt shows: from when the plan was first seen to move to the far side of the expected end, at most twice
 * as far as its middle; of an operation that is over a little past its last change. What stood still for long makes the
 * rest too small to see, so that no more of the past is shown than four times what is ahead, but two hours of it always.
 */
export function ganttStretch(scene: Scene, cells: number): Stretch {
  const { tree, timing, now } = scene;
  const spans = tree.leaves.flatMap((leaf) => leafSpan(leaf, scene) ?? []);
  const first = spans.reduce((least, { from, to }) => Math.min(least, from ?? to), now);
  const last = spans.reduce((most, { to }) => Math.max(most, to), 0);
  const isOver = tree.leaves.every(({ phase }) => phase.state === 'completed');
  const ahead = isOver || timing.end === null ? 0 : Math.min(timing.end.high, 2 * timing.end.mid);
  const to = isOver ? Math.min(now, last + Math.max(5 * minute, (last - first) / 20)) : now + ahead;
  const from = isOver ? first : Math.max(first, now - Math.max(2 * hour, 4 * ahead));
  return { ...rounded(from, Math.max(to, from + minute)), cells };
}

/** To round times, so that the axis does not move with each second. */
function rounded(from: number, to: number): { from: number; to: number } {
  const length = to - from;
  const grain = length < 20 * minute ? minute : length < 3 * hour ? 5 * minute : 15 * minute;
  return { from: Math.floor(from / grain) * grain, to: Math.ceil((to + 1) / grain) * grain };
}
