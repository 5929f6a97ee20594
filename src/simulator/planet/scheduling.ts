import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import type { PhaseState } from '../plan-document.ts';
import { lastDone } from '../world.ts';

/** What the leaves of the plan, or somebody by hand, have made of a node, as its Kubernetes object says it. */
export const scheduling = {
  /** A drain cordons first, so a failed one leaves the node cordoned. */
  isCordoned: (cluster: Cluster, node: ClusterNode): boolean =>
    cluster.cordoned.get(node.server.hostname) ??
    stands(cluster, node, {
      on: ['drain_node', 'drain'],
      off: ['uncordon_node', 'uncordon'],
      by: ['in_progress', 'failed', 'completed'],
    }),
  isTainted: (cluster: Cluster, node: ClusterNode): boolean =>
    cluster.cordoned.get(node.server.hostname) !== false &&
    stands(cluster, node, {
      on: ['taint_node', 'taint'],
      off: ['untaint_node', 'untaint'],
      by: ['completed'],
    }),
} as const;

type Switch = { on: readonly string[]; off: readonly string[]; by: readonly PhaseState[] };

/** Whether the newest of the leaves that switch it, of however many hops, switched it on. */
function stands({ world }: Cluster, { server }: ClusterNode, { on, off, by }: Switch): boolean {
  const states = lastDone(world);
  let newest = { at: Number.NEGATIVE_INFINITY, stands: false };
  for (const { id, executor, data } of world.tree.leaves) {
    const entry = states.get(id);
    if (entry === undefined || data?.server?.hostname !== server.hostname) continue;
    const turnsOn = on.includes(executor) && by.includes(entry.state);
    const turnsOff =
      (off.includes(executor) && entry.state === 'completed') ||
      (on.includes(executor) && entry.state === 'rolled_back');
    if ((turnsOn || turnsOff) && entry.created >= newest.at) newest = { at: entry.created, stands: turnsOn };
  }
  return newest.stands;
}
