import { epoch, minuteOfDay, type TimeMode } from './format/instant.ts';
import { minutes } from './format/minutes.ts';
import type { Scene } from './scene.ts';

/**
 * Of a plan whose phases are all completed, when the last one was, and how long that is after the operation was created:
 * `all phases completed at 14:52, 29m after the operation began`, from the longest form to the shortest; without times where
 * the plan has none.
 */
export function doneWords({ cluster, tree, now }: Scene, mode: TimeMode): readonly string[] {
  const bare = 'all phases completed';
  const ends = tree.leaves.flatMap(({ phase }) => epoch(phase.updated) ?? []);
  if (ends.length === 0) return [bare];
  const end = ends.reduce((last, at) => Math.max(last, at));
  const began = epoch(cluster.plan?.operation.created ?? null);
  const when = `${bare} at ${minuteOfDay(end, mode, now)}`;
  if (began === null || end < began) return [when, bare];
  return [`${when}, ${minutes(end - began)} after the operation began`, when, bare];
}
