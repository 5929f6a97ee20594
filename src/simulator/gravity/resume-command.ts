import { refusedElsewhere } from '../engine/whole-plan.ts';
import type { Fault } from '../fault.ts';
import { operationKind } from '../operation-kind.ts';
import { reconcile } from '../world.ts';
import { noActiveOperation, operationMeant, withoutSteps } from './active-operation.ts';
import type { Arguments } from './arguments.ts';
import { noSite } from './no-site.ts';
import { printStep } from './print-step.ts';
import { engineRun, type GravityProcess } from './process.ts';
import { noSystemd, resumeInstaller } from './resume-installer.ts';
import { startResumeUnit } from './resume-unit.ts';
import { resumeWhole } from './resume-whole.ts';
import { verifyAgents } from './verify-agents.ts';
import { wrongBinary } from './wrong-binary.ts';

/**
 * `plan resume`, `resume`: with --block here, else in a unit of its own, which is the one thing gravity refuses to do
 * twice (engine-observed 6). Where there is no operation, or no update agent where the next phase runs, it falls back to
 * the installer, and the true cause stands only in what the operation says of itself (nodes-facts 6.2).
 */
export async function resumeCommand(gravity: GravityProcess, given: Arguments): Promise<Fault | null> {
  if (operationMeant(gravity, given) === null) return resumeInstaller(gravity);
  const failed = noActiveOperation(gravity, given) ?? (await resumeFound(gravity, given, given.has('block')));
  return failed?.missing === true ? resumeInstaller(gravity) : failed;
}

/** Runs the whole plan of the operation that was found; `block`: in this process. */
export async function resumeFound(
  gravity: GravityProcess,
  given: Arguments,
  block: boolean,
): Promise<Fault | null> {
  const { cluster, node } = gravity;
  const { type, id } = cluster.world.operation;
  if (type === 'operation_gc') return noSite(gravity) ?? resumeWhole(cluster, engineRun(gravity));
  const refused = withoutSteps(gravity, 'plan resume') ?? wrongBinary(gravity, given);
  if (refused !== null) return refused;
  if (operationKind(type).rollsBack === 'yes') await verifyAgents(gravity);
  if (gravity.life.ended()) return null;
  const run = engineRun(gravity);
  if (block || operationKind(type).rollsBack !== 'yes') return resumeWhole(cluster, run);
  reconcile(cluster.world, node);
  const elsewhere = refusedElsewhere(run);
  if (elsewhere !== null) return elsewhere;
  // The unit of an update runs the binary its agents were deployed with; without units there was no deploying.
  if (!cluster.situation.systemd && type === 'operation_update') return resumeInstaller(gravity);
  printStep(gravity, 'Starting gravity-resume.service service');
  if (!cluster.situation.systemd) return noSystemd('gravity-resume.service');
  const running = startResumeUnit(cluster, node);
  if (running === null) printStep(gravity, launched(id));
  return running;
}

function launched(id: string): string {
  return (
    'Service gravity-resume.service has been launched.\n\n' +
    `To monitor the operation progress:\n\n  sudo gravity plan --operation-id=${id} --tail\n\n` +
    'To monitor the service logs:\n\n  sudo journalctl -u gravity-resume.service -f\n'
  );
}
