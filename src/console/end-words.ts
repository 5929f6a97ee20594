import { type Left, likelyRange } from '../model/estimate/timing.ts';
import { planDrive } from '../model/plan-drive.ts';
import { rolledBackAt } from '../model/rolled-back.ts';
import { minuteOfDay, type TimeMode, zone } from './format/instant.ts';
import { minutes } from './format/minutes.ts';
import type { Scene } from './scene.ts';
import { glyph } from './view/line.ts';

/**
 * When the operation will be done, in forms from the longest to the shortest, with the range that half of the cases are
 * in; `wide` is that of nine of ten, for the details, null where there is none or it is the same.
 */
export type EndWords = { long: string; shorter: readonly string[]; wide: string | null };

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
  if (drive === 'back') return { long: 'rolling back: no estimate', shorter: ['rolling back'], wide: null };
  if (timing.end === null) return unknownEnd(timing.why);
  if (drive !== 'onward') return leftWords(timing.end, drive === 'part' ? '' : 'if resumed now: ');
  return mode === 'relative' ? inWords(timing.end) : atWords(scene, timing.end, { mode, zoned });
}

function unknownEnd(why: string | null): EndWords {
  const bare = 'no estimate';
  return { long: why === null ? bare : `${bare}: ${why}`, shorter: [bare], wide: null };
}

function leftWords(left: Left, when: string): EndWords {
  const { mid } = left;
  const long = `${when}${about(mid)} left${between(likelyRange(left))}`;
  return { long, shorter: [`~${minutes(mid)} left`], wide: wideWords(left) };
}

function inWords(left: Left): EndWords {
  const { mid } = left;
  const long = `done in ${about(mid)}${between(likelyRange(left))}`;
  return { long, shorter: [`done in ~${minutes(mid)}`], wide: wideWords(left) };
}

/** `nine of ten cases: 19m to 2h19m left`. */
function wideWords(left: Left): string | null {
  const wide = between(left);
  return wide === '' || wide === between(likelyRange(left))
    ? null
    : `nine of ten cases: ${wide.replace(/[()]/g, '').trim()} left`;
}

function about(ms: number): string {
  return ms < minute ? 'less than a minute' : `about ${minutes(ms)}`;
}

function between({ low, high }: { low: number; high: number }): string {
  const [least, most] = [minutes(Math.floor(low / minute) * minute), minutes(upToMinute(high))];
  return most === '1m' ? '' : ` (${least} to ${most})`;
}

/** `± 8m` covers the longer side of the spread; one clearly longer than the other is told as what it is. */
function atWords(
  { now, look }: Told,
  left: Left,
  { mode, zoned }: { mode: TimeMode; zoned: boolean },
): EndWords {
  const { mid } = left;
  const { low, high } = likelyRange(left);
  const wide = wideWords(left);
  const at = (ms: number) => minuteOfDay(now + ms, mode, now);
  const [done, suffix] = [at(mid + minute / 2), zoned ? zone(now, mode) : ''];
  const [before, after] = [mid - low, high - mid];
  if (Math.max(before, after) < 1.6 * Math.min(before, after) + minute) {
    const spread = minutes(upToMinute(Math.max(before, after)));
    const give = glyph('about', look);
    return {
      long: `done about ${done}${suffix} ${give} ${spread}`,
      shorter: [`done ~${done}${suffix} ${give}${spread}`, `done ~${done}${suffix}`],
      wide,
    };
  }
  const range = `${at(low)} to ${at(Math.ceil((now + high) / minute) * minute - now)}${suffix}`;
  return {
    long: `done about ${done}${suffix} (${range})`,
    shorter: [`done ${range}`, `done ~${done}${suffix}`],
    wide,
  };
}

/** A spread is never told narrower than it is. */
function upToMinute(ms: number): number {
  return Math.max(1, Math.ceil(ms / minute)) * minute;
}
