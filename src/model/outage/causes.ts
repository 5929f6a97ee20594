import type { Cluster } from '../../protocol/cluster.ts';
import { standing } from '../place.ts';
import type { Failure, OutageCause } from './cause.ts';
import { type Cover, coverOf, isLeftBy } from './covers.ts';
import { type EtcdStops, standsOnEtcd } from './etcd-stopped.ts';
import type { FailureTimes } from './failure-times.ts';
import { healthTells } from './seen-by-health.ts';
import { stoppedCause } from './stopped-cause.ts';
import type { OutageWindow } from './window.ts';

/** The timeline of a cluster: what the plan makes fail and when, and when things failed. */
export type Timeline = {
  cluster: Cluster;
  windows: readonly OutageWindow[];
  etcd: EtcdStops;
  times: FailureTimes;
};

/** The phase that causes a failure at this instant (epoch ms); one in progress comes before one that is over. */
export function causeOf(timeline: Timeline, failure: Failure, at: number): OutageCause {
  const found = windowBehind(timeline, failure, at);
  if (found?.cover === 'during') return { phase: found.window.phase };
  const stopped = stoppedCause(timeline, failure, at);
  if (stopped !== null) return stopped;
  if (found !== null) return { phase: found.window.phase, after: true };
  return unseenCause(timeline, failure, at) ?? { phase: null };
}

/** The window that explains a failure: one whose phase was in progress, before one that is over. */
export function windowBehind(
  { windows, times }: Timeline,
  failure: Failure,
  at: number,
): { window: OutageWindow; cover: Cover } | null {
  const found = windows.flatMap((window) => {
    const cover = coverOf(window, { failure, at, times });
    return cover === null ? [] : [{ window, cover }];
  });
  return found.find(({ cover }) => cover === 'during') ?? found[0] ?? null;
}

/** With the planet of this node stopped, `gravity status` here calls every other node offline: that says nothing of them. */
function unseenCause(timeline: Timeline, { node, checker, began }: Failure, at: number): OutageCause | null {
  const { here } = standing(timeline.cluster);
  if (here === null || node === here || checker !== null || began !== undefined) return null;
  if (healthTells(timeline.cluster, node)) return null;
  const own = windowBehind(timeline, { node: here, checker: null }, at);
  return own === null ? null : { phase: own.window.phase, unseen: true };
}

/** When the phase ended (epoch ms) that may have left this failure behind; null where none can have. */
export function leftBehindSince(
  { windows, etcd, times }: Timeline,
  failure: Failure,
  at: number,
): number | null {
  const { began } = times.of(failure, at);
  const left = windows.filter((window) => isLeftBy(window, failure, began)).map(({ to }) => to ?? 0);
  const isOfEtcd = failure.checker !== null && standsOnEtcd.has(failure.checker);
  const ends = isOfEtcd && etcd.started !== null ? [...left, etcd.started] : left;
  return ends.length === 0 ? null : Math.max(...ends);
}
