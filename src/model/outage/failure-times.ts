import type { Cluster } from '../../protocol/cluster.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import { failingKey } from '../failing-since.ts';
import { hostName } from '../host-name.ts';
import { nodeEvents } from '../node-events.ts';
import { readingAt } from '../reading-at.ts';
import type { Failure } from './cause.ts';

/** When a failure began, null where nothing tells, and how old the news of it is (epoch ms). */
export type Times = { began: number | null; read: number };

export type FailureTimes = {
  /** The events of a node's timeline, oldest first. */
  eventsOf(node: string): readonly HistoryEvent[];
  of(failure: Failure, at: number): Times;
  /** Whether the last that is known of it before this instant is that it failed. */
  failedBefore(failure: Failure, instant: number): boolean;
};

/**
 * The readings of the endpoint tell since when something fails at once, its timeline is read every five minutes. What
 * health does not tell, status does.
 */
export function failureTimes(cluster: Cluster): FailureTimes {
  let known: ReturnType<typeof nodeEvents> | null = null;
  const eventsOf = (node: string) => {
    known ??= nodeEvents(cluster);
    return known.get(node) ?? [];
  };
  return {
    eventsOf,
    of(failure, at) {
      const { began } = failure;
      if (began !== undefined) return { began, read: began };
      const status = Date.parse(cluster.sources.status.lastGood ?? '') || at;
      const read = Math.min(at, readingAt(cluster) ?? status);
      return { began: shownSince(cluster, failure) ?? vanishedSince(cluster, failure, eventsOf), read };
    },
    failedBefore({ node, checker }, instant) {
      const last = eventsOf(node).findLast(
        (event) => Date.parse(event.at) < instant && (checker === null || event.checker === checker),
      );
      if (checker !== null) return last?.kind === 'probe.failed';
      return last !== undefined && isSilence(last);
    },
  };
}

function shownSince(cluster: Cluster, { node, checker }: Failure): number | null {
  const named = listedAs(cluster, node);
  const since = named && cluster.failing[failingKey(named, checker)];
  return since ? Date.parse(since) : null;
}

/** The readings cannot date a node that they no longer list: the agent wrote down when it saw that. */
function vanishedSince(
  cluster: Cluster,
  { node, checker }: Failure,
  eventsOf: (node: string) => readonly HistoryEvent[],
): number | null {
  if (checker !== null || listedAs(cluster, node) !== null) return null;
  const last = eventsOf(node).at(-1);
  return last !== undefined && isSilence(last) ? Date.parse(last.at) : null;
}

/** A node that says anything is no longer silent: nobody records that it came back (satellite.md 6). */
function isSilence({ kind }: HistoryEvent): boolean {
  return kind === 'node.silent' || kind === 'node.vanished';
}

function listedAs(cluster: Cluster, node: string): string | null {
  return cluster.health?.nodes.find((each) => hostName(cluster, each) === node)?.name ?? null;
}
