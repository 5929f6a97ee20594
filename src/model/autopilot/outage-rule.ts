import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Breakpoint } from '../../protocol/breakpoint.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import { etcdOutlook } from '../etcd-quorum.ts';
import { shownLate } from '../outage/limits.ts';
import type { Outages } from '../outage/outages.ts';
import { type Decision, waitFor } from './decision.ts';
import { unexpected } from './unexpected.ts';
import type { Wrong } from './wrongs.ts';

/** How long something may be wrong unexpectedly where no breakpoint says: the endpoint may be a minute late. */
export const defaultPatience = 120;

type Known = { cluster: Cluster; outages: Outages; pilot: Autopilot; now: number };

/**
 * Never on past an unexpected outage: at once where a node does not answer or etcd has lost its quorum, else once it lasts
 * longer than the breakpoint on probes says; until then it waits. What a phase that has ended had made fail is given that
 * time in every case.
 */
export function outageRule(known: Known): Decision | null {
  const { cluster, outages, pilot, now } = known;
  const wrong = unexpected(cluster, outages, now).filter(({ what }) => !pilot.accepted.includes(what));
  const [first] = wrong;
  if (first === undefined) return null;
  const fresh = wrong.filter((each) => !isAftermath(known, each));
  const silent = fresh.find((each) => each.silent);
  if (silent) return outage(`${silent.said}, and no leaf explains it`);
  const quorum = lostQuorum(cluster, fresh);
  if (quorum !== null) return outage(quorum);
  const breakpoint = shortest(cluster.breakpoints);
  const seconds = breakpoint?.seconds ?? defaultPatience;
  const since = new Map(pilot.wrong.map((each) => [each.what, Date.parse(each.since)]));
  const old = wrong.find(({ what }) => now - (since.get(what) ?? now) > seconds * 1000);
  if (old) return outage(`${old.said} for more than ${seconds} s, and no leaf explains it`, breakpoint);
  const more = wrong.length > 1 ? ` and ${wrong.length - 1} more` : '';
  return waitFor(`waits for ${first.well}${more}, ${seconds} s at most`);
}

function outage(sentence: string, breakpoint: Breakpoint | null = null): Decision {
  const next = 'look at it, then let the autopilot go on';
  const id = breakpoint?.id ?? null;
  return { do: 'hold', hold: 'outage', breakpoint: id, phase: null, sentence: `${sentence}: ${next}` };
}

/** The strictest of the breakpoints on probes. */
function shortest(breakpoints: readonly Breakpoint[]): Breakpoint | null {
  const [first = null] = breakpoints
    .filter(({ seconds }) => seconds !== null)
    .toSorted((one, other) => (one.seconds ?? 0) - (other.seconds ?? 0));
  return first;
}

/** The endpoint is up to a minute late: what a phase made fail, or all that needs etcd, may still be shown. */
function isAftermath({ outages, now }: Known, { node, checker }: Wrong): boolean {
  const ended = node === null ? null : outages.leftBehindSince({ node, checker }, now);
  return ended !== null && now - ended <= defaultPatience * 1000 + shownLate;
}

function lostQuorum(cluster: Cluster, wrong: readonly Wrong[]): string | null {
  const etcd = etcdOutlook(cluster, [], 'execute');
  if (etcd === null || etcd.now >= etcd.quorum) return null;
  if (!wrong.some(({ checker }) => checker === 'etcd-healthz')) return null;
  return `etcd has lost its quorum: ${etcd.now} of ${etcd.members} members answer, ${etcd.quorum} are needed`;
}
