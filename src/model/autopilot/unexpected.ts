import type { Cluster } from '../../protocol/cluster.ts';
import type { Outages } from '../outage/outages.ts';
import { standing } from '../place.ts';
import { type Wrong, wrongs } from './wrongs.ts';

/** What is wrong now and neither the doing of a leaf in progress nor of an etcd that the plan has stopped. */
export function unexpected(cluster: Cluster, outages: Outages, now: number): Wrong[] {
  const { here } = standing(cluster);
  return wrongs(cluster, now).filter(({ node, checker, silent }) => {
    // The endpoint is this node's own planet: while that is replaced, nobody answers there.
    if (node === null) return here === null || !outages.isSilenced(here, now);
    return !(silent || checker !== null) || outages.causeOf({ node, checker }, now).phase === null;
  });
}
