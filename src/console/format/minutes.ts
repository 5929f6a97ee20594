/** A length of time to the minute, for what need not move each second: `<1m`, `9m`, `1h05m`, `2d03h`. Milliseconds in. */
export function minutes(ms: number): string {
  const whole = Math.round(ms / 60_000);
  if (ms < 60_000) return '<1m';
  if (whole < 60) return `${whole}m`;
  if (whole < 24 * 60) return `${Math.floor(whole / 60)}h${two(whole % 60)}m`;
  return `${Math.floor(whole / 1440)}d${two(Math.floor(whole / 60) % 24)}h`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
