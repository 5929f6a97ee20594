const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span as kubectl prints ages: `119s`, `3m12s`, `47m`, `5h3m`, `26h`, `9d`. Milliseconds in. */
export function shortSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 2 * MINUTE) return `${Math.floor(span / SECOND)}s`;
  if (span < 10 * MINUTE) return both(span, [MINUTE, 'm'], [SECOND, 's']);
  if (span < 3 * HOUR) return `${Math.floor(span / MINUTE)}m`;
  if (span < 8 * HOUR) return both(span, [HOUR, 'h'], [MINUTE, 'm']);
  return span < 2 * DAY ? `${Math.floor(span / HOUR)}h` : `${Math.floor(span / DAY)}d`;
}

type Unit = readonly [number, string];

function both(span: number, [large, name]: Unit, [small, other]: Unit): string {
  const rest = Math.floor((span % large) / small);
  return `${Math.floor(span / large)}${name}${rest === 0 ? '' : `${rest}${other}`}`;
}
