/**
 * How long (ms) an outage is expected to last at most, of a leaf that usually takes `p90` seconds: twice that, at least a
 * minute more, since the endpoint shows a failure up to a minute late (satellite.md 4).
 */
export function outageLimit(p90: number): number {
  return Math.max(2 * p90, p90 + 60) * 1000;
}
