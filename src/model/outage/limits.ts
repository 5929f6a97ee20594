/**
 * How long (ms) an outage is expected to last at most, for a phase that usually takes `p90` seconds: twice that, at least
 * a minute more, since the endpoint shows a failure up to a minute late (satellite.md 4).
 */
export function outageLimit(p90: number): number {
  return Math.max(2 * p90, p90 + 60) * 1000;
}

/** A failure that is over is still shown for up to a minute (satellite.md 4). */
export const shownLate = 60_000;

/** A health agent checks its node every 30 s: a failure is recorded so much later than it began (satellite.md 4). */
export const checkRound = 30_000;
