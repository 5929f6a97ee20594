import { type Fault, fault } from '../fault.ts';
import { humanized } from '../humanized.ts';
import { reconcile } from '../world.ts';
import { executePhase } from './execute.ts';
import { rollbackPhase } from './rollback.ts';
import { endStep, type Run } from './run.ts';
import { resumePlan, rollbackPlan } from './whole-plan.ts';

export type PhaseCommand = { id: string; force: boolean };

/** `plan execute`: one phase, or with `/` the whole plan (engine-observed 6). */
export async function executeCommand(run: Run, { id, force }: PhaseCommand): Promise<Fault | null> {
  if (id === '') return fault('missing PhaseID');
  if (id === '/') return resumePlan(run);
  reconcile(run.world, run.node);
  return timed(run, `Executing phase "${id}"`, () => executePhase(run, { id, force, resume: false }));
}

/** `plan rollback`: one phase, or with `/` the whole plan, unasked (engine-observed 4). */
export async function rollbackCommand(run: Run, { id, force }: PhaseCommand): Promise<Fault | null> {
  if (id === '/') return rollbackPlan(run, false);
  reconcile(run.world, run.node);
  return timed(run, `Rolling back phase "${id}"`, () => rollbackPhase(run, { id, force, dryRun: false }));
}

/** The closing line is printed on failure too, but only when a step was announced. */
async function timed(run: Run, what: string, work: () => Promise<Fault | null>): Promise<Fault | null> {
  const { clock } = run.world;
  const began = clock.now();
  const failed = await work();
  endStep(run);
  if (run.announced && !run.life.ended())
    run.say(`${what} finished in ${humanized(clock.now() - began, '')}`);
  return failed;
}
