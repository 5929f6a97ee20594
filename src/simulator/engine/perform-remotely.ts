import { diedIn, type Fault, fault, userMessage, wrapped } from '../fault.ts';
import { newLife } from '../life.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { type AgentCall, reconcile, record, type WorldProcess } from '../world.ts';
import { executePhase } from './execute.ts';
import type { Verb } from './perform.ts';
import { rollbackPhase } from './rollback.ts';
import { endStep, newRun, type Run } from './run.ts';

export type RemoteWork = { phase: PhaseDocument; node: string; verb: Verb; force: boolean };

/** A remote part: its call, its own process and its end. */
type Part = { call: AgentCall; there: WorldProcess; ended: Promise<Fault | null> };

/**
 * Asks the update agent of another node to run the command there, by that node's own copy of the plan. It writes nothing
 * here unless it succeeds. Killed, this process takes the remote one with it; an agent that ends leaves it an orphan
 * (nodes-facts 1, 5). The remote one is never told that the plan is being resumed (engine-observed 2.9, 6).
 */
export async function performRemotely(run: Run, work: RemoteWork): Promise<Fault | null> {
  const { world, node, life } = run;
  const { call, there, ended } = startThere(run, work);
  const failed = await Promise.race([ended, life.over.then(() => null), call.lost.over.then(() => null)]);
  if (call.lost.ended()) {
    const orphan = ended.finally(() => world.orphans.delete(orphan));
    world.orphans.add(orphan);
    return life.ended() ? diedIn(work.phase.id) : asAgentReports(run, work, { lost: true });
  }
  if (life.ended()) {
    there.life.end();
    return diedIn(work.phase.id);
  }
  if (failed?.died !== undefined && world.oneProcess) return failed;
  if (failed !== null) return asAgentReports(run, work, failed);
  record(world, node, {
    phaseId: work.phase.id,
    state: work.verb === 'execute' ? 'completed' : 'rolled_back',
  });
  return null;
}

/** How long a command under an agent takes to begin: in that gap nothing tells of it but the coordinator (nodes-facts 8.6). */
const STARTS_MS = 700;

function startThere({ world, given }: Run, { phase, node, verb, force }: RemoteWork): Part {
  const there: WorldProcess = { node, life: newLife() };
  const call: AgentCall = { node, lost: newLife() };
  // What it prints goes to its agent: without one the first line kills it.
  const say = (): void => {
    if (call.lost.ended()) there.life.end();
  };
  const remote: Run = { ...newRun(world, node, there.life, say), given };
  const work = async (): Promise<Fault | null> => {
    await Promise.race([world.clock.sleep(STARTS_MS), there.life.over]);
    if (there.life.ended()) return diedIn(phase.id);
    reconcile(world, node);
    return verb === 'execute'
      ? executePhase(remote, { id: phase.id, force, resume: false })
      : rollbackPhase(remote, { id: phase.id, force, dryRun: false });
  };
  world.processes.add(there);
  world.calls.add(call);
  const ended = work().finally(() => {
    endStep(remote);
    world.processes.delete(there);
    world.calls.delete(call);
  });
  return { call, there, ended };
}

/** What gRPC says when the other side goes away in the middle of a call. */
const CONNECTION_LOST = 'rpc error: code = Unavailable desc = transport is closing';

/** Byte for byte as in recordings/nodes/04 and 08, colours included. */
function asAgentReports(run: Run, { phase, verb, force }: RemoteWork, failed: Fault | { lost: true }): Fault {
  const argv = `plan ${verb} --phase ${phase.id} --operation-id ${run.world.operation.id}${force ? ' --force' : ''}`;
  const said = `failed to execute command [${argv}]: `;
  if ('lost' in failed) return wrapped(said, fault(CONNECTION_LOST));
  if (failed.died !== undefined) return wrapped(said, fault(throughAgent(run, failed.original)));
  const printed = `\u001b[31m[ERROR]: ${userMessage(failed)}\n\u001b[0m`;
  return wrapped(`${said}${printed}`, fault(throughAgent(run, 'exit status 255')));
}

/** An agent inside the commanding process says how the command ended without gRPC around it (recordings/engine/02). */
function throughAgent({ world }: Run, ending: string): string {
  return world.oneProcess ? ending : `rpc error: code = Unknown desc = ${ending}`;
}
