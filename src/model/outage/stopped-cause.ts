import type { Failure, OutageCause } from './cause.ts';
import { type EtcdStops, standsOnEtcd } from './etcd-stopped.ts';
import type { FailureTimes, Times } from './failure-times.ts';
import { checkRound, shownLate } from './limits.ts';
import { concerns, type OutageWindow } from './window.ts';

type Known = { etcd: EtcdStops; windows: readonly OutageWindow[]; times: FailureTimes };

/**
 * The phase that stopped etcd, of a failure at this instant (epoch ms) that comes of it; null where none does. What began
 * while it was stopped is shown for a minute longer.
 */
export function stoppedCause(known: Known, failure: Failure, at: number): OutageCause | null {
  if (failure.checker === null || !standsOnEtcd.has(failure.checker)) return null;
  const { etcd, times } = known;
  const { began, read } = times.of(failure, at);
  const now = causeAt(known, failure, read);
  if (now !== null) return now;
  const { started } = etcd;
  if (began === null || started === null || read < started) return null;
  if (began > started + checkRound || read > started + shownLate) return null;
  const before = causeAt(known, failure, started - 1);
  return before === null ? null : { ...before, after: true };
}

function causeAt({ etcd, windows, times }: Known, failure: Failure, at: number): OutageCause | null {
  const stopped = etcd.at(at);
  if (stopped === null || !(stopped.nodes?.has(failure.node) ?? true)) return null;
  const { phase, since } = stopped.behind(failure.node);
  const shown = times.of(failure, at);
  const wasWrong = (shown.began !== null && shown.began < since) || times.failedBefore(failure, since);
  return wasWrong && !beganExpected(windows, failure, shown) ? null : { phase, stopped: true };
}

/**
 * Whether what fails now began while a phase was expected to cause it: the endpoint shows that up to a minute longer, by
 * when the plan may have reached etcd.
 */
function beganExpected(windows: readonly OutageWindow[], failure: Failure, { began }: Times): boolean {
  return windows.some((window) => {
    const { from, to, failed } = window;
    if (to === null || failed || began === null || !concerns(window, failure)) return false;
    return from <= began && began <= to;
  });
}
