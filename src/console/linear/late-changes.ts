import { duration } from '../format/duration.ts';
import type { Scene } from '../scene.ts';

/** Every leaf that has just got past its p90. That an end moves is no news: it is said when it is asked for. */
export function lateChanges(before: Scene, after: Scene): string[] {
  return after.tree.active.flatMap(({ phase: { id } }) => {
    if (!after.timing.isLate(id) || before.timing.isLate(id)) return [];
    const times = after.timing.leaf(id);
    return times === null ? [] : [`phase ${id} is past its usual ${duration(times.p90)}`];
  });
}
