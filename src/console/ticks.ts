import type { Stretch } from '../model/node-strip.ts';
import { dateTime, type TimeMode, utcOffset } from './format/instant.ts';
import { minutes } from './format/minutes.ts';

/** A round time on an axis: when (epoch ms), and how it is written. */
export type Tick = { at: number; label: string };

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [
  ...[10, 30].map((size) => size * second),
  ...[1, 2, 5, 10, 15, 30].map((size) => size * minute),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((size) => size * hour),
];

/** As many round times as have room on the stretch, in the zone of the mode; in relative mode as lengths from `now` on. */
export function ticks(stretch: Stretch, mode: TimeMode, now: number): Tick[] {
  const { from, to, cells } = stretch;
  const length = to - from;
  const dated = length > 20 * hour && mode !== 'relative';
  const room = (step: number) => (step / length) * cells;
  const step = steps.find((one) => room(one) >= (dated ? 14 : one < minute ? 11 : 9)) ?? length;
  const origin = mode === 'relative' ? now : -utcOffset(from, mode);
  const first = Math.ceil((from - origin) / step);
  const count = Math.max(0, Math.floor((to - origin) / step) - first + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = origin + (first + index) * step;
    return { at, label: mode === 'relative' ? away(at - now, step) : written(at, { mode, step, dated }) };
  });
}

function written(
  at: number,
  { mode, step, dated }: { mode: TimeMode; step: number; dated: boolean },
): string {
  const text = dateTime(new Date(at).toISOString(), mode, at);
  return dated ? text.slice(0, 11) : step < minute ? text.slice(6) : text.slice(6, 11);
}

/** `-30m`, `+1h00m`; nothing at now itself, which has a mark of its own. */
function away(ms: number, step: number): string {
  if (Math.abs(ms) < second) return '';
  const size = step < minute ? `${Math.round(Math.abs(ms) / second)}s` : minutes(Math.abs(ms));
  return `${ms < 0 ? '-' : '+'}${size}`;
}
