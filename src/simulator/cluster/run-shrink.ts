import { agentLife } from '../health/agent-life.ts';
import { changedServer } from '../plan/changed-server.ts';
import type { Cluster, ClusterNode } from './cluster.ts';

/** What gravity-site says while it removes a node, how far it is, and how long that takes (operations.md 8). */
const STEPS: readonly {
  completion: number;
  message: string;
  lastsMs: number;
  /** What it does to the node and the cluster when the step is over. */
  effect?: (cluster: Cluster, node: ClusterNode) => void;
}[] = [
  { completion: 0, message: 'initializing the operation', lastsMs: 3000 },
  { completion: 10, message: 'unregistering the node', lastsMs: 6000 },
  { completion: 30, message: 'removing the node from the cluster', lastsMs: 15_000, effect: agentLife.left },
  { completion: 40, message: 'removing the node from the database', lastsMs: 5000, effect: forget },
  { completion: 50, message: 'uninstalling the system software', lastsMs: 75_000 },
  { completion: 85, message: 'cleaning up packages', lastsMs: 10_000 },
  { completion: 90, message: 'waiting for operation to complete', lastsMs: 10_000 },
];

/** Removes the last node. Nobody steps through this: gravity-site does it, and nothing is drained before. */
export async function runShrink(cluster: Cluster): Promise<void> {
  const { world } = cluster;
  const removed = changedServer(world.plan);
  const node = removed === null ? undefined : cluster.nodes.get(removed.hostname);
  if (node === undefined) return;
  const say = (message: string, completion: number): void => {
    world.operation.progress = { message, completion, created: world.clock.now() };
  };
  for (const { completion, message, lastsMs, effect } of STEPS) {
    say(message, completion);
    await world.clock.sleep(lastsMs);
    // Somebody closed it by hand meanwhile.
    if (world.operation.state !== 'shrink_in_progress') return;
    effect?.(cluster, node);
  }
  say(`${node.server.hostname} removed`, 100);
  world.operation.state = 'completed';
  world.clusterState = 'active';
}

function forget(cluster: Cluster, { server }: ClusterNode): void {
  cluster.nodes.delete(server.hostname);
  cluster.agents.delete(server.hostname);
}
