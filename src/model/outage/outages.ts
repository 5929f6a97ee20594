import type { Cluster } from '../../protocol/cluster.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { type EtcdStopped, etcdStopped } from './etcd-stopped.ts';
import { eventExpectation } from './event-expectation.ts';
import { expectedOutages } from './expected-outage.ts';
import { expectedUntil } from './expected-until.ts';
import { behindOf, type Failure, type OutageCause } from './outage-verdict.ts';

/**
 * Which failures of a cluster the plan explains. Built once for a cluster, by whoever holds it, and passed down: screens,
 * strips, Gantt, History, autopilot and `why` ask nobody else.
 */
export type Outages = {
  /** The phase that causes a failure which the last reading of health shows, at this instant (epoch ms). */
  causeOf(failure: Failure, at: number): OutageCause;
  /** The same of an event of the timeline; null where it is no failure of a node, or nobody watched the plan then. */
  causeOfEvent(event: HistoryEvent): OutageCause | null;
  /** Until when (epoch ms) the failure an event records is expected to last; null where it is not expected at all. */
  expectedUntil(event: HistoryEvent): number | null;
  /** Whether a phase keeps this whole node from answering at this instant. */
  isSilenced(node: string, at: number): boolean;
  /** What is down because the plan stopped etcd; null where it did not, or has started it again. */
  etcdStopped(at: number): EtcdStopped | null;
};

export function outagesOf(cluster: Cluster): Outages {
  let asked: { at: number; behind: ReturnType<typeof behindOf> } | null = null;
  return {
    causeOf(failure, at) {
      if (asked?.at !== at) asked = { at, behind: behindOf(cluster, at) };
      return asked.behind(failure);
    },
    causeOfEvent: (event) => eventExpectation(cluster, event),
    expectedUntil: (event) => expectedUntil(cluster, event),
    isSilenced: (node, at) =>
      expectedOutages(cluster, at).some((outage) => outage.silent && outage.node === node),
    etcdStopped: (at) => etcdStopped(cluster, at),
  };
}
