import type { Cluster } from '../cluster/cluster.ts';
import { type Fault, fault } from '../fault.ts';
import { goTime } from '../go-time.ts';
import { operationKind } from '../operation-kind.ts';
import type { OperationRecord } from '../world.ts';
import type { Arguments } from './arguments.ts';
import type { GravityProcess } from './process.ts';

const NO_OPERATION =
  'no operation found.\n' +
  'This usually means that the installation/join operation has failed to start or was not started.\n' +
  "Start the operation with either 'gravity install' or 'gravity join'.\n";

/** The operation a command means: the newest, or the one it names; null when there is none (engine-observed 8). */
export function operationMeant({ cluster }: GravityProcess, given: Arguments): OperationRecord | null {
  if (cluster.situation.bare) return null;
  const wanted = given.text('operation-id');
  if (wanted === null) return lastOperation(cluster);
  return [cluster.world.operation, cluster.installed].find(({ id }) => id === wanted) ?? null;
}

function lastOperation({ world, installed, situation }: Cluster): OperationRecord {
  return situation.idle ? installed : world.operation;
}

/** The operation a changing command means, or why there is none (recordings/story/37, cli/active-*, cli/bare-*). */
export function noActiveOperation(gravity: GravityProcess, given: Arguments): Fault | null {
  const operation = operationMeant(gravity, given);
  if (operation === null) {
    const wanted = given.text('operation-id');
    return fault(wanted === null ? 'no operation found' : `no operation with ID ${wanted} found`);
  }
  return isClosed(gravity, operation) ? fault('no active operation found') : null;
}

/** An update's state is what this node's own copy says, whatever the cluster's record does (nodes-facts 10). */
function isClosed({ cluster, node }: GravityProcess, operation: OperationRecord): boolean {
  if (operation === cluster.world.operation && operation.type === 'operation_update')
    return cluster.world.closedOn.has(node);
  return operation.state === 'completed' && !keepsLocalCopy(operation);
}

/** Where only the cluster's record is closed at the end: the local copy goes on as in progress (engine-observed 9). */
function keepsLocalCopy({ type }: OperationRecord): boolean {
  return type === 'operation_update_environ' || type === 'operation_update_config';
}

/** Why there is no plan to show: an unknown operation, or one that has none (recordings/cli/active-plan-json). */
export function noPlanToShow(gravity: GravityProcess, given: Arguments): Fault | null {
  const operation = operationMeant(gravity, given);
  if (operation === null) return fault(NO_OPERATION);
  const { cluster } = gravity;
  if (planless(operation)) {
    const { word } = operationKind(operation.type);
    return fault(`cannot display plan for "${word}" operation as it does not support plans`);
  }
  const plan = operation.id === cluster.world.operation.id && cluster.world.plan.phases.length > 0;
  return plan ? null : fault(invalid(operation, cluster.name));
}

/** Operations gravity runs without a plan one could step through. */
export function planless({ type }: OperationRecord): boolean {
  return type === 'operation_shrink' || type === 'operation_uninstall';
}

/**
 * Why an operation is not stepped through by hand: gravity runs it to its end by itself, without a plan or with one that
 * belongs to a service of its own (operations.md 8, 9). `what`: what was asked for.
 */
export function withoutSteps({ cluster }: GravityProcess, what: string): Fault | null {
  const { operation } = cluster.world;
  if (!planless(operation) && operation.type !== 'operation_reconfigure') return null;
  return fault(`operation type "${operation.type}" does not support ${what}`);
}

function invalid({ id, type, state, created }: OperationRecord, cluster: string): string {
  const { word } = operationKind(type);
  const name = `operation(${word}(${id}), cluster=${cluster}, state=${state}, created=${goTime.table(created)})`;
  return (
    `${name} is invalid.\nThis usually means that the operation has failed to initialize properly.\n` +
    `You can mark this operation explicitly as failed with 'gravity plan complete --operation-id=${id}' ` +
    'so it does not appear active and re-attempt it.\n'
  );
}
