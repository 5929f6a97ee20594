import { operationKind } from '../operation-kind.ts';
import { phaseState } from '../phase-state.ts';
import { reconcile, statesOn, type World } from '../world.ts';
import type { Run } from './run.ts';

/**
 * Ends the operation by what is left of its plan: completed and active, or failed for `reason` (engine-observed 6, 10).
 * What is left is what this node's copy says. The cluster's record is one for all, and lies in etcd; that it is completed
 * this node alone takes into its own copy (nodes-facts 10).
 */
export function completeOperation(world: World, node: string, reason: string): void {
  const states = statesOn(world, node);
  const done = world.tree.leaves.every((leaf) => phaseState(leaf, states) === 'completed');
  if (done) world.closedOn.add(node);
  const message = done ? 'Operation has completed' : `Operation failure: ${reason}`;
  world.operation.state = done ? 'completed' : 'failed';
  world.operation.progress = { message, completion: 100, created: world.clock.now() };
  world.clusterState = done ? 'active' : operationKind(world.operation.type).failed;
}

/** How long a cluster that was active before is updating when what is left is completed by hand again (nodes-facts 8.4). */
const AGAIN_MS = 500;

/** `plan complete`: the cluster becomes active even when half of the plan is left (engine-observed 7). */
export async function completeByHand({ world, node, life }: Run): Promise<void> {
  reconcile(world, node);
  const wasActive = world.clusterState === 'active';
  completeOperation(world, node, 'completed manually');
  if (wasActive && world.clusterState !== 'active')
    await Promise.race([world.clock.sleep(AGAIN_MS), life.over]);
  if (!life.ended()) world.clusterState = 'active';
}
