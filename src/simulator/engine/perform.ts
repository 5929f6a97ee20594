import { diedIn, type Fault } from '../fault.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { updateAgents } from '../update-agents.ts';
import { type Arrangement, record, type WorkMoment } from '../world.ts';
import type { Run } from './run.ts';

export type Verb = 'execute' | 'rollback';

/**
 * Does the work of a leaf on the node the process runs on, recording what gravity records (engine-observed 2.8, 4).
 * A process that dies in it leaves the leaf in progress.
 */
export async function perform(run: Run, phase: PhaseDocument, verb: Verb): Promise<Fault | null> {
  const { world, node } = run;
  const arranged: Arrangement = world.arranged.get(phase.id) ?? {};
  if (verb === 'execute' && arranged.precheck !== undefined) return arranged.precheck;
  record(world, node, { phaseId: phase.id, state: 'in_progress' });
  tell(run, phase, 'began');
  const died = await work(run, phase, arranged);
  const stuck = died === null && verb === 'execute' ? await waitForObstacle(run, phase) : null;
  if (died !== null || run.life.ended()) {
    tell(run, phase, 'abandoned');
    return died ?? diedIn(phase.id);
  }
  const failed = world.arranged.get(phase.id)?.[verb] ?? stuck;
  if (failed !== null) {
    record(world, node, {
      phaseId: phase.id,
      state: 'failed',
      error: { error: { message: failed.original } },
    });
    tell(run, phase, 'failed');
    return failed;
  }
  tell(run, phase, verb === 'execute' ? 'executed' : 'rolled back');
  if (verb === 'execute' && arranged.postcheck !== undefined) return arranged.postcheck;
  record(world, node, { phaseId: phase.id, state: verb === 'execute' ? 'completed' : 'rolled_back' });
  return null;
}

/** The time a phase takes; answers how the process died in it, if it did. */
async function work(run: Run, phase: PhaseDocument, arranged: Arrangement): Promise<Fault | null> {
  const { clock, duration, slowness } = run.world;
  const lasts = clock.sleep(duration(phase) * (slowness.get(phase.id) ?? 1));
  killArranged(run, phase, arranged);
  if (arranged.crash === undefined) {
    await Promise.race([lasts, run.life.over]);
    return run.life.ended() ? diedIn(phase.id) : null;
  }
  const { crash: _crash, ...rest } = arranged;
  run.world.arranged.set(phase.id, rest);
  await Promise.race([lasts, run.life.over]);
  return diedIn(phase.id);
}

/** The command, or the agent that does its work here, may have been arranged to be killed now, once. */
function killArranged({ world, node, life, given }: Run, { id }: PhaseDocument, arranged: Arrangement): void {
  const { kill, ...rest } = arranged;
  if (kill === true) {
    world.arranged.set(id, rest);
    given.end();
  }
  if (given !== life && world.agentKills.delete(node)) updateAgents.stop(world, node);
}

const LOOK_MS = 5000;

/** Gravity looks again and again, and gives up after a while; what was arranged to fail fails at once. */
async function waitForObstacle({ world, life, say }: Run, phase: PhaseDocument): Promise<Fault | null> {
  if (world.arranged.get(phase.id)?.execute !== undefined) return null;
  let obstacle = world.obstacle(phase);
  for (let waitedMs = 0; obstacle !== null && waitedMs < obstacle.patienceMs; waitedMs += LOOK_MS) {
    if (obstacle.says !== undefined) say(obstacle.says);
    await Promise.race([world.clock.sleep(LOOK_MS), life.over]);
    if (life.ended()) return null;
    obstacle = world.obstacle(phase);
  }
  return obstacle?.fault ?? null;
}

function tell(run: Run, phase: PhaseDocument, moment: WorkMoment): void {
  for (const watcher of run.world.watchers) watcher(phase, moment);
}
