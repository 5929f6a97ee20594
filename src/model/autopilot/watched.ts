import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import { type Outages, outagesOf } from '../outage/outages.ts';
import { unexpected } from './unexpected.ts';
import { wrongs } from './wrongs.ts';

/**
 * The autopilot with what it knows to be wrong brought up to now: what was accepted and is well again is accepted no
 * more, what is unexpected is kept with the time it was first seen so.
 */
export function watched(
  cluster: Cluster,
  pilot: Autopilot,
  now: number,
  outages: Outages = outagesOf(cluster),
): Autopilot {
  const all = new Set(acceptable(cluster, now));
  const accepted = pilot.accepted.filter((what) => all.has(what));
  const since = new Map(pilot.wrong.map((each) => [each.what, each.since]));
  const wrong = unexpected(cluster, outages, now)
    .filter(({ what }) => !accepted.includes(what))
    .map(({ what }) => ({ what, since: since.get(what) ?? new Date(now).toISOString() }));
  return { ...pilot, accepted, wrong };
}

/** All that somebody who lets an autopilot go on takes upon himself: what is wrong, and the leaves that failed. */
export function acceptable(cluster: Cluster, now: number): string[] {
  const failed = cluster.plan?.phases.filter(({ leaf, state }) => leaf && state === 'failed') ?? [];
  return [...wrongs(cluster, now).map(({ what }) => what), ...failed.map(({ id }) => id)];
}
