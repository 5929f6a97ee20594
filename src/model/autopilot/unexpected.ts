import type { Cluster } from '../../protocol/cluster.ts';
import { expectedOutages } from '../expected-outage.ts';
import { behindOf } from '../outage-verdict.ts';
import { standing } from '../place.ts';
import { type Wrong, wrongs } from './wrongs.ts';

/** What is wrong now and neither the doing of a leaf in progress nor of an etcd that the plan has stopped. */
export function unexpected(cluster: Cluster, now: number): Wrong[] {
  const outages = expectedOutages(cluster, now);
  const behind = behindOf(cluster, now);
  const { here } = standing(cluster);
  return wrongs(cluster, now).filter(({ node, checker, silent }) => {
    // The endpoint is this node's own planet: while that is replaced, nobody answers there.
    if (node === null) return !outages.some((outage) => outage.silent && outage.node === here);
    return !(silent || checker !== null) || behind({ node, checker }).phase === null;
  });
}
