import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import type { VerbAnswer } from './verbs.ts';

/** What was arranged in a cluster and still is, with the words that end it; a sentence when nothing is. */
export function listBroken(cluster: Cluster): VerbAnswer {
  const { arranged, slowness } = cluster.world;
  const phases = [...arranged.keys()].map((id) => `fix ${id}: it is made to fail or to crash`);
  const slow = [...slowness].map(([id, times]) => `fix ${id}: it takes ${times} times as long`);
  const pods = [...cluster.heldPods].map((pod) => `evict-block ${pod} off: drains cannot evict it`);
  const nodes = [...cluster.nodes.values()].flatMap((node) => {
    const wrongs = wrongsOf(cluster, node);
    return wrongs.length === 0 ? [] : [`fix ${node.server.hostname}: ${wrongs.join(', ')}`];
  });
  const etcd = cluster.etcdDown ? ['etcd up: etcd is down'] : [];
  const lines = [...phases, ...slow, ...pods, ...nodes, ...etcd];
  return { done: lines.length === 0 ? 'nothing is broken' : lines.join('\n') };
}

function wrongsOf({ world }: Cluster, { probes, diskPercent, server }: ClusterNode): string[] {
  return [
    ...[...probes.keys()].map((checker) => `${checker} fails`),
    ...(diskPercent > 80 ? [`its disk is ${diskPercent}% full`] : []),
    ...(world.clockOffsets.has(server.hostname) ? ['its clock is off'] : []),
    ...(world.lags.has(server.hostname) ? ['its copy of the plan lags'] : []),
  ];
}

/** No phase and no node has this name: the phases that are meant, those that are broken first, else the nodes. */
export function nothingNamed(cluster: Cluster, name: string): VerbAnswer {
  const { arranged, slowness, tree } = cluster.world;
  const isBroken = (id: string) => arranged.has(id) || slowness.has(id);
  const meant = tree.leaves
    .map(({ id }) => id)
    .filter((id) => id.endsWith(`/${name}`) || id.includes(`/${name}/`));
  const known = [...meant.filter(isBroken), ...meant.filter((id) => !isBroken(id)), ...cluster.nodes.keys()];
  return { refused: `there is no phase or node "${name}": name one of ${known.slice(0, 8).join(', ')}` };
}
