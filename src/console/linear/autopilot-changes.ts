import type { Autopilot } from '../../protocol/autopilot.ts';
import { breakpointWords } from '../breakpoint-words.ts';
import type { Scene } from '../scene.ts';
import { armedBy, autopilotWords } from '../view/autopilot.ts';
import { whoIs } from '../who-is.ts';

/** What the autopilot came to, each word of it once; breakpoints that were set or cleared; notes that were written. */
export function autopilotChanges(before: Scene, after: Scene): string[] {
  return [
    ...autopilotLines(before.cluster.autopilot, after.cluster.autopilot),
    ...breakpointLines(before, after),
    ...noteLines(before, after),
  ];
}

function autopilotLines(was: Autopilot | null, is: Autopilot | null): string[] {
  if (is === null) return was === null ? [] : ['the autopilot is off'];
  const armed = was === null || armedBy(was) !== armedBy(is) ? [armedBy(is)] : [];
  return was !== null && autopilotWords(was) === autopilotWords(is) ? armed : [...armed, autopilotWords(is)];
}

function breakpointLines({ cluster: was }: Scene, { cluster: is, now }: Scene): string[] {
  if (was.breakpoints === is.breakpoints) return [];
  const [known, there] = [was, is].map((one) => new Set(one.breakpoints.map(({ id }) => id)));
  const set = is.breakpoints.filter(({ id }) => !known?.has(id));
  const gone = was.breakpoints.filter(({ id }) => !there?.has(id));
  return [
    ...set.map((one) => `breakpoint ${breakpointWords(one, 'utc', now)}, set by ${whoIs(one.by)}`),
    ...gone.map((one) => `breakpoint ${breakpointWords(one, 'utc', now)} cleared`),
  ];
}

function noteLines({ cluster: was }: Scene, { cluster: is }: Scene): string[] {
  if (was.notes === is.notes) return [];
  const known = new Set(was.notes.map(({ at, text }) => `${at} ${text}`));
  return is.notes
    .filter(({ at, text }) => !known.has(`${at} ${text}`))
    .map(({ phase, by, text }) => `note on ${phase} by ${whoIs(by)}: ${text}`);
}
