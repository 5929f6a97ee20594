import type { Cluster } from '../../protocol/cluster.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { standing } from '../place.ts';
import type { Failure, OutageCause } from './cause.ts';
import { coverOf, isLeftBy } from './covers.ts';
import { type EtcdStopped, etcdStops, standsOnEtcd } from './etcd-stopped.ts';
import { eventCauses } from './event-causes.ts';
import { failureTimes } from './failure-times.ts';
import { shownLate } from './limits.ts';
import { healthTells } from './seen-by-health.ts';
import { stoppedCause } from './stopped-cause.ts';
import type { OutageWindow } from './window.ts';
import { windowsOf } from './windows.ts';

/**
 * Which failures of a cluster the plan explains. Built once for a cluster, by whoever holds it, and passed down: screens,
 * strips, Gantt, History, autopilot and `why` ask nobody else.
 */
export type Outages = {
  /** Every stretch of time in which a phase makes checks fail. */
  windows: readonly OutageWindow[];
  /** The phase that causes a failure at this instant (epoch ms). */
  causeOf(failure: Failure, at: number): OutageCause;
  /** The same of an event of the timeline; null where it is no failure of a node, or nobody watched the plan then. */
  causeOfEvent(event: HistoryEvent): OutageCause | null;
  /** Until when (epoch ms) the failure an event records is expected to last; null where it is not expected at all. */
  expectedUntil(event: HistoryEvent): number | null;
  /** When the phase ended (epoch ms) that may have left this failure behind; null where none can have. */
  leftBehindSince(failure: Failure, at: number): number | null;
  /** What is down because the plan stopped etcd; null where it did not, or has started it again. */
  etcdStopped(at: number): EtcdStopped | null;
};

export function outagesOf(cluster: Cluster): Outages {
  const windows = windowsOf(cluster);
  const times = failureTimes(cluster);
  const etcd = etcdStops(cluster);
  const { here } = standing(cluster);
  const find = (failure: Failure, at: number) => behind(windows, { failure, at, times });
  const known = { windows, etcd, times };

  const causeOf = (failure: Failure, at: number): OutageCause => {
    const found = find(failure, at);
    if (found?.cover === 'during') return { phase: found.window.phase };
    const stopped = stoppedCause(known, failure, at);
    if (stopped !== null) return stopped;
    if (found !== null) return { phase: found.window.phase, after: true };
    const blind = here === null || failure.node === here ? null : find({ node: here, checker: null }, at);
    const isUnseen = failure.checker === null && failure.began === undefined;
    if (blind !== null && isUnseen && !healthTells(cluster, failure.node))
      return { phase: blind.window.phase, unseen: true };
    return { phase: null };
  };

  /** The phase that explains it may end, and the etcd that it stopped with it stay down for longer. */
  const until = (failure: Required<Failure>): number => {
    const found = find(failure, failure.began);
    const isStopped = stoppedCause(known, failure, failure.began) !== null;
    return Math.max(
      found === null ? failure.began : endOf(found.window),
      isStopped ? stoppedUntil(etcd) : failure.began,
    );
  };

  const ofEvent = eventCauses({ cluster, times, causeOf });
  return {
    windows,
    causeOf,
    causeOfEvent: (event) => ofEvent(event).cause,
    expectedUntil(event) {
      const { cause, failures } = ofEvent(event);
      return cause === null || cause.phase === null ? null : Math.min(...failures.map(until));
    },
    leftBehindSince(failure, at) {
      const { began } = times.of(failure, at);
      const left = windows.filter((window) => isLeftBy(window, failure, began)).map(({ to }) => to ?? 0);
      const isOfEtcd = failure.checker !== null && standsOnEtcd.has(failure.checker);
      const ends = isOfEtcd && etcd.started !== null ? [...left, etcd.started] : left;
      return ends.length === 0 ? null : Math.max(...ends);
    },
    etcdStopped: etcd.at,
  };
}

type Asked = { failure: Failure; at: number; times: ReturnType<typeof failureTimes> };

/** The window that explains a failure: one whose phase was in progress, before one that is over. */
function behind(windows: readonly OutageWindow[], asked: Asked) {
  const found = windows.flatMap((window) => {
    const cover = coverOf(window, asked);
    return cover === null ? [] : [{ window, cover }];
  });
  return found.find(({ cover }) => cover === 'during') ?? found[0] ?? null;
}

/** As long as the phase is in progress, within its limit; after one that failed not a moment longer. */
function endOf({ to, limit, failed }: OutageWindow): number {
  if (to === null) return limit;
  return failed ? Math.min(limit, to) : Math.min(limit, to) + shownLate;
}

/** What the plan stopped stays down until it has started all of it again. */
function stoppedUntil({ at, started }: ReturnType<typeof etcdStops>): number {
  const isStopped = at(Number.POSITIVE_INFINITY) !== null;
  return isStopped || started === null ? Number.POSITIVE_INFINITY : started + shownLate;
}
