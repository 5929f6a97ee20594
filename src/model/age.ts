import type { SourceName, SourceState } from '../protocol/source.ts';

/** How old data of a source is, in whole seconds since it was last good, and whether that is too old to trust. */
export type Age = { seconds: number | null; stale: boolean };

/** Seconds: three times the slowest each source is read (design 4), so that one missed reading is not yet stale. */
const staleAfter: Record<SourceName, number> = {
  plan: 180,
  status: 180,
  health: 90,
  history: 900,
  agents: 900,
  operations: 900,
  // A log that nobody writes into is no older for it.
  logs: 900,
};

/** Data never read is stale; data in the future (a clock was set back) is of now. `now` in epoch ms. */
export function ageOf(source: SourceState, now: number): Age {
  if (source.lastGood === null) return { seconds: null, stale: true };
  const seconds = Math.max(0, Math.floor((now - Date.parse(source.lastGood)) / 1000));
  return { seconds, stale: seconds > staleAfter[source.source] };
}
