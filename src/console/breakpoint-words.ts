import type { Breakpoint } from '../protocol/breakpoint.ts';
import { duration } from './format/duration.ts';
import { dateTimeWithZone, type TimeMode } from './format/instant.ts';

/** Where a breakpoint stops the autopilot, as the end of `it stops …`. `now` is epoch ms. */
export function breakpointWords(breakpoint: Breakpoint, mode: TimeMode, now: number): string {
  const { on, phase, seconds, at } = breakpoint;
  if (on === 'phase') return `before ${phase ?? 'a phase that is not known'}`;
  if (on === 'after-each-master') return 'after each master';
  if (on === 'before-etcd') return 'before etcd';
  if (on === 'probe')
    return `when a probe fails unexpectedly for ${seconds === null ? 'long' : duration(seconds * 1000)}`;
  return `at ${dateTimeWithZone(at, mode === 'relative' ? 'utc' : mode, now)}`;
}
