import { operationKind } from '../operation-kind.ts';
import { phaseState } from '../phase-state.ts';
import { statesOn, type World } from '../world.ts';

/** Ends the operation by what is left of its plan: completed and active, or failed for `reason` (engine-observed 6, 10). */
export function completeOperation(world: World, node: string, reason: string): void {
  const states = statesOn(world, node);
  const done = world.tree.leaves.every((leaf) => phaseState(leaf, states) === 'completed');
  const message = done ? 'Operation has completed' : `Operation failure: ${reason}`;
  world.operation.state = done ? 'completed' : 'failed';
  world.operation.progress = { message, completion: 100, created: world.clock.now() };
  world.clusterState = done ? 'active' : operationKind(world.operation.type).failed;
}

/** `plan complete`: the cluster becomes active even when half of the plan is left (engine-observed 7). */
export function completeByHand(world: World, node: string): void {
  completeOperation(world, node, 'completed manually');
  world.clusterState = 'active';
}
