import { table } from '../display/table.ts';
import { rollbackPlan } from '../engine/whole-plan.ts';
import { type Fault, fault } from '../fault.ts';
import { goTime } from '../go-time.ts';
import { operationKind } from '../operation-kind.ts';
import { noActiveOperation } from './active-operation.ts';
import { ask } from './ask.ts';
import type { GravityCommand } from './command-row.ts';
import { engineRun, type GravityProcess } from './process.ts';
import { verifyAgents } from './verify-agents.ts';
import { wrongBinary } from './wrong-binary.ts';

/** `gravity rollback`: the whole operation, asked first (recordings/story/18 to 20). */
export const rollbackWhole: GravityCommand = {
  words: ['rollback'],
  flags: {
    'dry-run': 'switch',
    confirm: 'switch',
    timeout: 'text',
    'operation-id': 'text',
    'skip-version-check': 'switch',
  },
  root: true,
  systemLog: true,
  run: async (gravity, given) => {
    const refused = noActiveOperation(gravity, given) ?? notAutomatic(gravity);
    if (refused !== null) return refused;
    await verifyAgents(gravity);
    if (gravity.life.ended()) return null;
    const dryRun = given.has('dry-run');
    const unconfirmed = dryRun || given.has('confirm') ? null : await confirm(gravity);
    return unconfirmed ?? wrongBinary(gravity, given) ?? rollbackPlan(engineRun(gravity), dryRun);
  },
};

function notAutomatic({ cluster }: GravityProcess): Fault | null {
  const kind = operationKind(cluster.world.operation.type);
  if (kind.rollsBack === 'yes') return null;
  return fault(
    `Operation "${kind.word}" does not support automatic rollback.\n` +
      'Please use "gravity plan rollback" command to rollback individual phases.',
  );
}

function confirm(gravity: GravityProcess): Promise<Fault | null> {
  const { id, type, state, created } = gravity.cluster.world.operation;
  gravity.print('You are about to rollback the following operation:\n');
  gravity.print(table(['Type', 'ID', 'State', 'Created'], [[type, id, state, goTime.minute(created)]]));
  gravity.print(
    '\nConsider checking the operation plan and using --dry-run flag first to see which actions will be performed.\n' +
      'You can suppress this warning in future by providing --confirm flag.\n',
  );
  return ask(gravity, 'Operation has been cancelled by user.');
}
