import type { Failure } from './cause.ts';
import type { FailureTimes } from './failure-times.ts';
import { checkRound, shownLate } from './limits.ts';
import { concerns, type OutageWindow } from './window.ts';

/** `during`: the phase was in progress when the failure was seen. `after`: it was over, and is only still shown. */
export type Cover = 'during' | 'after';

/**
 * Whether a window explains a failure at this instant (epoch ms), and how. Never what was wrong before the phase began,
 * nor after it failed or outlasted its limit. After its end only what began by then, give or take the round in which a
 * health agent finds it, and only in readings collected within the minute that the endpoint is late.
 */
export function coverOf(
  window: OutageWindow,
  { failure, at, times }: { failure: Failure; at: number; times: FailureTimes },
): Cover | null {
  if (!concerns(window, failure)) return null;
  const { from, to, limit, failed } = window;
  const { began, read } = times.of(failure, at);
  if ((began !== null && began < from) || times.failedBefore(failure, from)) return null;
  if (to === null || at <= to) return at <= limit ? 'during' : null;
  if (failed || to > limit || at > limit + shownLate) return null;
  if (read < to) return 'during';
  const isLate = began !== null && began <= to + checkRound && read <= to + shownLate;
  return isLate ? 'after' : null;
}

/** Whether a failure that is unexpected by now may still be what a phase left behind when it ended well at `to`. */
export function isLeftBy(window: OutageWindow, failure: Failure, began: number | null): boolean {
  const { from, to, failed } = window;
  if (to === null || failed || !concerns(window, failure)) return false;
  return began === null || (began >= from && began <= to + shownLate);
}
