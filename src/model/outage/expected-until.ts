import type { Failure } from './cause.ts';
import { type Timeline, windowBehind } from './causes.ts';
import type { EtcdStops } from './etcd-stopped.ts';
import { shownLate } from './limits.ts';
import { stoppedCause } from './stopped-cause.ts';
import type { OutageWindow } from './window.ts';

/**
 * Until when (epoch ms) a failure of the timeline that the plan explains is expected to last. The phase that explains it
 * may end, and the etcd that was stopped with it stay down for longer.
 */
export function expectedUntil(timeline: Timeline, failure: Required<Failure>): number {
  const { began } = failure;
  const found = windowBehind(timeline, failure, began);
  const isStopped = stoppedCause(timeline, failure, began) !== null;
  return Math.max(
    found === null ? began : endOf(found.window),
    isStopped ? stoppedUntil(timeline.etcd) : began,
  );
}

/** As long as the phase is in progress, within its limit; after one that failed not a moment longer. */
function endOf({ to, limit, failed }: OutageWindow): number {
  if (to === null) return limit;
  return failed ? Math.min(limit, to) : Math.min(limit, to) + shownLate;
}

/** What the plan stopped stays down until it has started all of it again. */
function stoppedUntil({ at, started }: EtcdStops): number {
  const isStopped = at(Number.POSITIVE_INFINITY) !== null;
  return isStopped || started === null ? Number.POSITIVE_INFINITY : started + shownLate;
}
