import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import type { VerbAnswer } from './verbs.ts';

/** Does something to the node of this hostname or address, or says which there are. */
export function nodeNamed(cluster: Cluster, name: string, change: (node: ClusterNode) => string): VerbAnswer {
  const node =
    cluster.nodes.get(name) ?? [...cluster.nodes.values()].find(({ server }) => server.advertise_ip === name);
  if (node !== undefined) return { done: change(node) };
  const known = [...cluster.nodes.keys()].slice(0, 8).join(', ');
  return { refused: `there is no node "${name}": the cluster has ${known}` };
}
