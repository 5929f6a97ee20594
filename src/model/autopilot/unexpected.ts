import type { Cluster } from '../../protocol/cluster.ts';
import { expectedOutages, outageBehind } from '../expected-outage.ts';
import { standing } from '../place.ts';
import { etcdStopped } from './etcd-stopped.ts';
import { type Wrong, wrongs } from './wrongs.ts';

/** What is wrong now and neither the doing of a leaf in progress nor of an etcd that the plan has stopped. */
export function unexpected(cluster: Cluster, now: number): Wrong[] {
  const outages = expectedOutages(cluster, now);
  const stopped = etcdStopped(cluster);
  const { here } = standing(cluster);
  return wrongs(cluster, now).filter(({ node, checker, silent }) => {
    // The endpoint is this node's own planet: while that is replaced, nobody answers there.
    if (node === null) return !outages.some((outage) => outage.silent && outage.node === here);
    if (silent || checker !== null) {
      if (outageBehind(outages, { node, checker }) !== null) return false;
    }
    if (stopped === null || checker === null) return true;
    return !(stopped.checkers.includes(checker) && (stopped.nodes?.has(node) ?? true));
  });
}
