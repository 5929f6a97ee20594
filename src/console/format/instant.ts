import { roughly } from './duration.ts';

/** How times are shown; `t` goes through them. */
export const timeModes = ['utc', 'local', 'relative'] as const;
export type TimeMode = (typeof timeModes)[number];

/** An RFC 3339 instant as epoch ms, null for null and for what is no instant. */
export function epoch(instant: string | null): number | null {
  if (instant === null) return null;
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? null : ms;
}

/** `14:07:31`, or how long ago in relative mode; `-` for nothing. The zone stands in the header's clock. */
export function clockTime(instant: string | null, mode: TimeMode, now: number): string {
  const ms = epoch(instant);
  if (ms === null) return '-';
  if (mode === 'relative') return `${roughly(now - ms)} ago`;
  return inZone(ms, mode).slice(11, 19);
}

/** `14:07:31Z` or `16:07:31+02:00`: the time of day with its zone, for the header; to the minute where room is short. */
export function clockWithZone(now: number, mode: TimeMode, toTheMinute: boolean): string {
  return `${inZone(now, mode).slice(11, toTheMinute ? 16 : 19)}${zone(now, mode)}`;
}

/** `14:52`, with the day where that is not today's (`11-24 00:40`); an age is of no use for what is still to come. */
export function minuteOfDay(at: number, mode: TimeMode, now: number): string {
  const [then, today] = [inZone(at, mode), inZone(now, mode)];
  const time = then.slice(11, 16);
  return then.slice(0, 10) === today.slice(0, 10) ? time : `${then.slice(5, 10)} ${time}`;
}

/** `11-23 14:07:31`, for events of any day. */
export function dateTime(instant: string | null, mode: TimeMode, now: number): string {
  const ms = epoch(instant);
  if (ms === null) return '-';
  if (mode === 'relative') return `${roughly(now - ms)} ago`;
  return inZone(ms, mode).slice(5, 19).replace('T', ' ');
}

/** The same with the zone it is in: what the zone was then, not what it is now; an age needs none. */
export function dateTimeWithZone(instant: string | null, mode: TimeMode, now: number): string {
  const ms = epoch(instant);
  const shown = dateTime(instant, mode, now);
  return ms === null || mode === 'relative' ? shown : `${shown}${zone(ms, mode)}`;
}

/** The zone the shown times are in: `Z`, `+02:00`, or `Z` beside relative times. */
export function zone(at: number, mode: TimeMode): string {
  if (mode !== 'local') return 'Z';
  const minutes = -new Date(at).getTimezoneOffset();
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** How far the shown zone is ahead of UTC at an instant, ms. */
export function utcOffset(at: number, mode: TimeMode): number {
  return mode === 'local' ? -new Date(at).getTimezoneOffset() * 60_000 : 0;
}

function inZone(ms: number, mode: TimeMode): string {
  return new Date(ms + utcOffset(ms, mode)).toISOString();
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
