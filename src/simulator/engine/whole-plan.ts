import { type Fault, fault, wrapped } from '../fault.ts';
import { goTime } from '../go-time.ts';
import { humanized } from '../humanized.ts';
import { type Life, newLife } from '../life.ts';
import { operationKind } from '../operation-kind.ts';
import { reconcile, statesOn } from '../world.ts';
import { completeByHand, completeOperation } from './complete.ts';
import { executePhase } from './execute.ts';
import { rollbackPhase } from './rollback.ts';
import { endStep, type Run } from './run.ts';

/**
 * Runs the plan from where it stands and closes the operation whatever came of it (engine-observed 6). `whenDone`: what
 * is done after that as part of the same step when nothing failed.
 */
export async function resumePlan(run: Run, whenDone?: () => Promise<void>): Promise<Fault | null> {
  reconcile(run.world, run.node);
  const elsewhere = refusedElsewhere(run);
  if (elsewhere !== null) return elsewhere;
  return closing(run, async () => {
    const watch = newLife();
    void sayProgress(run, watch);
    const failed = await executeAll(run);
    if (failed === null) await whenDone?.();
    watch.end();
    return failed;
  });
}

async function executeAll(run: Run): Promise<Fault | null> {
  for (const { id } of run.world.plan.phases) {
    const failed = await executePhase(run, { id, force: false, resume: true });
    if (failed?.died !== undefined) return failed;
    if (failed !== null) {
      completeOperation(run.world, run.node, failed.original);
      return wrapped(`failed to execute phase "${id}"`, failed);
    }
  }
  completeOperation(run.world, run.node, 'completed manually');
  return null;
}

/** Rolls back every leaf that was started, last first (engine-observed 5). */
export async function rollbackPlan(run: Run, dryRun: boolean): Promise<Fault | null> {
  reconcile(run.world, run.node);
  return closing(run, async () => {
    for (const { id } of [...run.world.tree.leaves].reverse()) {
      const state = statesOn(run.world, run.node).get(id)?.state ?? 'unstarted';
      if (state === 'unstarted' || state === 'rolled_back') continue;
      const failed = await rollbackPhase(run, { id, force: false, dryRun });
      if (failed !== null) return failed;
    }
    if (!dryRun) await completeByHand(run);
    return null;
  });
}

/**
 * Why a plan is not resumed here: it has a lead master, and this is another node (engine-observed 6). The refusal ends the
 * operation all the same, for every node (nodes-facts 8.3).
 */
export function refusedElsewhere({ world, node }: Run): Fault | null {
  const lead = world.plan.lead_master;
  if (lead === null || lead.hostname === node) return null;
  const refusal = fault(`Plan must be resumed on node ${lead.hostname}/${lead.advertise_ip}`);
  completeOperation(world, node, refusal.original);
  return refusal;
}

async function closing(run: Run, work: () => Promise<Fault | null>): Promise<Fault | null> {
  const { clock, operation, plan } = run.world;
  const began = clock.now();
  const failed = await work();
  endStep(run);
  if (run.announced && !run.life.ended()) {
    const name = `${operationKind(operation.type).word}(${operation.id})`;
    const text = `operation(${name}, cluster=${plan.cluster_name}, created=${goTime.minute(operation.created)})`;
    run.say(`${text} finished in ${humanized(clock.now() - began, '')}`);
  }
  return failed;
}

/** What the operation says of itself, once a second and only when it changed; a rollback does not tell (recordings/story/13, 20). */
async function sayProgress({ world, say, life }: Run, watch: Life): Promise<void> {
  let said = '';
  for (;;) {
    await Promise.race([world.clock.watch(1000), watch.over, life.over]);
    if (watch.ended() || life.ended()) return;
    const { message } = world.operation.progress;
    if (message !== said) say(`${goTime.line(world.clock.now())}\t${message}`);
    said = message;
  }
}
