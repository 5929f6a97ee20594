import type { Left } from '../model/estimate/timing.ts';
import { planDrive } from '../model/plan-drive.ts';
import { rolledBackAt } from '../model/rolled-back.ts';
import { minuteOfDay, type TimeMode, zone } from './format/instant.ts';
import { minutes } from './format/minutes.ts';
import type { Scene } from './scene.ts';
import { glyph } from './view/line.ts';

/** When the operation will be done, in forms from the longest to the shortest; the longest says all of it. */
export type EndWords = { long: string; shorter: readonly string[] };

/** What of a scene it is told from. */
type Told = Pick<Scene, 'cluster' | 'timing' | 'tree' | 'states' | 'now' | 'look'>;

const minute = 60_000;

/**
 * The expected end with its spread; what is left where nobody is seen going on; where neither can be said, why. Null
 * without a plan, when every leaf is completed, and when all that ran is rolled back. All of it to the minute. `zoned` for a line that stays.
 */
export function endWords(scene: Told, mode: TimeMode, zoned = false): EndWords | null {
  const { cluster, timing, tree, states, now } = scene;
  if (tree.leaves.every(({ phase }) => phase.state === 'completed')) return null;
  if (rolledBackAt(cluster) !== null) return null;
  const drive = planDrive(cluster, states, now);
  if (drive === 'back') return { long: 'rolling back: no end can be said', shorter: ['rolling back'] };
  if (timing.end === null) return unknownEnd(timing.why);
  if (drive !== 'onward') return leftWords(timing.end, drive === 'part' ? '' : ' once it goes on');
  return mode === 'relative' ? inWords(timing.end) : atWords(scene, timing.end, { mode, zoned });
}

function unknownEnd(why: string | null): EndWords {
  const bare = 'no end can be said';
  return { long: why === null ? bare : `${bare}: ${why}`, shorter: [bare, 'end unknown'] };
}

function leftWords({ low, mid, high }: Left, when: string): EndWords {
  return { long: `${about(mid)} left${when}${between(low, high)}`, shorter: [`~${minutes(mid)} left`] };
}

function inWords({ low, mid, high }: Left): EndWords {
  return { long: `done in ${about(mid)}${between(low, high)}`, shorter: [`done in ~${minutes(mid)}`] };
}

function about(ms: number): string {
  return ms < minute ? 'less than a minute' : `about ${minutes(ms)}`;
}

function between(low: number, high: number): string {
  const [least, most] = [minutes(Math.floor(low / minute) * minute), minutes(upToMinute(high))];
  return most === '1m' ? '' : ` (${least} to ${most})`;
}

/** `± 8m` covers the longer side of the spread; one clearly longer than the other is told as what it is. */
function atWords(
  { now, look }: Told,
  { low, mid, high }: Left,
  { mode, zoned }: { mode: TimeMode; zoned: boolean },
): EndWords {
  const at = (left: number) => minuteOfDay(now + left, mode, now);
  const [done, suffix] = [at(mid + minute / 2), zoned ? zone(now, mode) : ''];
  const [before, after] = [mid - low, high - mid];
  if (Math.max(before, after) < 1.6 * Math.min(before, after) + minute) {
    const spread = minutes(upToMinute(Math.max(before, after)));
    const give = glyph('about', look);
    return {
      long: `done about ${done}${suffix} ${give} ${spread}`,
      shorter: [`done ~${done}${suffix} ${give}${spread}`, `done ~${done}${suffix}`],
    };
  }
  const range = `${at(low)} to ${at(Math.ceil((now + high) / minute) * minute - now)}${suffix}`;
  return {
    long: `done about ${done}${suffix} (${range})`,
    shorter: [`done ${range}`, `done ~${done}${suffix}`],
  };
}

/** A spread is never told narrower than it is. */
function upToMinute(ms: number): number {
  return Math.max(1, Math.ceil(ms / minute)) * minute;
}
