import type { Cluster } from '../../protocol/cluster.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { beginnings } from './began-at.ts';
import type { Failure, OutageCause } from './cause.ts';
import { causeOf, leftBehindSince, type Timeline } from './causes.ts';
import { type EtcdStopped, etcdStops } from './etcd-stopped.ts';
import { eventCauses } from './event-causes.ts';
import { expectedUntil } from './expected-until.ts';
import { failureTimes } from './failure-times.ts';
import { windowsOf } from './windows.ts';

/**
 * Which failures of a cluster the plan explains. Built once for a cluster, by whoever holds it, and passed down: screens,
 * strips, Gantt, History, autopilot and `why` ask nobody else.
 */
export type Outages = {
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
  let known: Timeline | null = null;
  // A cluster changes with every event, and most changes are of nothing that anybody asks about here.
  const timeline = () => {
    known ??= timelineOf(cluster);
    return known;
  };
  const ofEvent = eventCauses(timeline);
  return {
    causeOf: (failure, at) => causeOf(timeline(), failure, at),
    causeOfEvent: (event) => ofEvent(event).cause,
    expectedUntil(event) {
      const { cause, failures } = ofEvent(event);
      if (cause === null || cause.phase === null) return null;
      return Math.min(...failures.map((failure) => expectedUntil(timeline(), failure)));
    },
    leftBehindSince: (failure, at) => leftBehindSince(timeline(), failure, at),
    etcdStopped: (at) => timeline().etcd.at(at),
  };
}

function timelineOf(cluster: Cluster): Timeline {
  const began = beginnings(cluster);
  const windows = windowsOf(cluster, began);
  return { cluster, windows, etcd: etcdStops(cluster, began), times: failureTimes(cluster) };
}
