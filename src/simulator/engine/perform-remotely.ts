import { diedIn, type Fault, fault, userMessage, wrapped } from '../fault.ts';
import { newLife } from '../life.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { record, type World } from '../world.ts';
import { executePhase } from './execute.ts';
import type { Verb } from './perform.ts';
import { rollbackPhase } from './rollback.ts';
import { endStep, newRun, type Run } from './run.ts';

export type RemoteWork = { phase: PhaseDocument; node: string; verb: Verb; force: boolean };

/**
 * Asks the update agent of another node to run the command there: a process of its own, which goes on when this one is
 * killed. It is never told that the plan is being resumed (engine-observed 2.9, 6).
 */
export async function performRemotely(
  run: Run,
  { phase, node, verb, force }: RemoteWork,
): Promise<Fault | null> {
  const started = startThere(run.world, { phase, node, verb, force });
  const failed = await Promise.race([started, run.life.over.then(() => diedIn(phase.id))]);
  if (failed?.died !== undefined && (run.life.ended() || run.world.oneProcess)) return failed;
  if (failed !== null) return asAgentReports(run, { phase, node, verb, force }, failed);
  record(run.world, run.node, { phaseId: phase.id, state: verb === 'execute' ? 'completed' : 'rolled_back' });
  return null;
}

async function startThere(world: World, { phase, node, verb, force }: RemoteWork): Promise<Fault | null> {
  const running = { node, life: newLife() };
  world.processes.add(running);
  const there = newRun(world, node, running.life, () => {});
  const failed =
    verb === 'execute'
      ? await executePhase(there, { id: phase.id, force, resume: false })
      : await rollbackPhase(there, { id: phase.id, force, dryRun: false });
  endStep(there);
  world.processes.delete(running);
  return failed;
}

/** What gRPC says when the other side goes away in the middle of a call. */
const CONNECTION_LOST = 'rpc error: code = Unavailable desc = transport is closing';

/** Byte for byte as in recordings/engine/02-failures.json, colours included. */
function asAgentReports(run: Run, { phase, node, verb, force }: RemoteWork, failed: Fault): Fault {
  const argv = `plan ${verb} --phase ${phase.id} --operation-id ${run.world.operation.id}${force ? ' --force' : ''}`;
  if (failed.died !== undefined) {
    const lost = run.world.agentsDown.has(node);
    return wrapped(`failed to execute command [${argv}]: `, fault(lost ? CONNECTION_LOST : failed.original));
  }
  const printed = `\u001b[31m[ERROR]: ${userMessage(failed)}\n\u001b[0m`;
  return wrapped(`failed to execute command [${argv}]: ${printed}`, fault('exit status 255'));
}
