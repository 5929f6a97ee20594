const dayMs = 24 * 3600_000;

/**
 * The instant (epoch ms) a time breakpoint means: an RFC 3339 time as it stands, `14:30` the next time it is that
 * late in UTC; null for a text that is neither.
 */
export function timeMeant(text: string, now: number): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : instant;
  }
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const midnight = Math.floor(now / dayMs) * dayMs;
  const today = midnight + (Number(hours) * 60 + Number(minutes)) * 60_000;
  return today > now ? today : today + dayMs;
}
