import type { Cluster } from '../../protocol/cluster.ts';
import type { Outages } from '../outage/outages.ts';
import { standing } from '../place.ts';
import { type Wrong, wrongs } from './wrongs.ts';

/**
 * What is wrong now and is caused neither by a phase in progress nor by an etcd that the plan has stopped. What a phase
 * that is over has left behind counts: the autopilot waits until it has passed.
 */
export function unexpected(cluster: Cluster, outages: Outages, now: number): Wrong[] {
  const { here } = standing(cluster);
  return wrongs(cluster, now).filter(({ node, checker }) => {
    // The endpoint is this node's own planet: while that is replaced, nobody answers there.
    const asked = node ?? here;
    if (asked === null) return true;
    const { phase, after } = outages.causeOf({ node: asked, checker }, now);
    return phase === null || after === true;
  });
}
