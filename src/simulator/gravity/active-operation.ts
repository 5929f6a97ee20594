import { type Fault, fault } from '../fault.ts';
import { goTime } from '../go-time.ts';
import type { OperationRecord } from '../world.ts';
import type { Arguments } from './arguments.ts';
import type { GravityProcess } from './process.ts';

const NO_OPERATION =
  'no operation found.\n' +
  'This usually means that the installation/join operation has failed to start or was not started.\n' +
  "Start the operation with either 'gravity install' or 'gravity join'.\n";

/** The operation a changing command means, or why there is none (recordings/story/37, cli/active-*). */
export function noActiveOperation({ cluster }: GravityProcess, given: Arguments): Fault | null {
  const { operation } = cluster.world;
  const wanted = given.text('operation-id');
  if (wanted !== null && wanted !== operation.id) return fault('no active operation found');
  return operation.state === 'completed' ? fault('no active operation found') : null;
}

/** Why there is no plan to show: an unknown operation, or one that has none (recordings/cli/active-plan-json). */
export function noPlanToShow({ cluster }: GravityProcess, given: Arguments): Fault | null {
  const wanted = given.text('operation-id');
  if (wanted === null || wanted === cluster.world.operation.id) return null;
  if (wanted === cluster.installed.id) return fault(invalid(cluster.installed, cluster.name));
  return fault(NO_OPERATION);
}

function invalid({ id, state, created }: OperationRecord, cluster: string): string {
  const name = `operation(install(${id}), cluster=${cluster}, state=${state}, created=${goTime.table(created)})`;
  return (
    `${name} is invalid.\nThis usually means that the operation has failed to initialize properly.\n` +
    `You can mark this operation explicitly as failed with 'gravity plan complete --operation-id=${id}' ` +
    'so it does not appear active and re-attempt it.\n'
  );
}
