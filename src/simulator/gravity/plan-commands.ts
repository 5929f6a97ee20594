import { completeByHand } from '../engine/complete.ts';
import { setState } from '../engine/set-state.ts';
import { executeCommand, rollbackCommand } from '../engine/single-phase.ts';
import { type Fault, fault } from '../fault.ts';
import { operationKind } from '../operation-kind.ts';
import type { World } from '../world.ts';
import { noActiveOperation, withoutSteps } from './active-operation.ts';
import type { Arguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import { noSite } from './no-site.ts';
import { printStep } from './print-step.ts';
import { engineRun, type GravityProcess } from './process.ts';
import { resumeCommand, resumeFound } from './resume-command.ts';
import { showPlan } from './show-plan.ts';
import { wrongBinary } from './wrong-binary.ts';

const HIDDEN = { 'operation-id': 'text', 'skip-version-check': 'switch', timeout: 'text' } as const;
const SHOWN = { output: 'text', short: 'switch', tail: 'switch', ...HIDDEN } as const;
const SHORTS = { o: 'output', f: 'tail' } as const;

/** `gravity plan` and everything below it, and `resume`, which is the same under another name. */
export const planCommands: readonly GravityCommand[] = [
  { words: ['plan'], flags: SHOWN, shorts: SHORTS, root: true, run: showPlan },
  { words: ['plan', 'display'], flags: SHOWN, shorts: SHORTS, root: true, run: showPlan },
  {
    words: ['plan', 'execute'],
    flags: { phase: 'text', force: 'switch', ...HIDDEN },
    root: true,
    systemLog: true,
    run: execute,
  },
  {
    words: ['plan', 'rollback'],
    flags: { phase: 'text', force: 'switch', ...HIDDEN },
    required: ['phase'],
    root: true,
    systemLog: true,
    run: rollback,
  },
  {
    words: ['plan', 'resume'],
    flags: { force: 'switch', block: 'switch', ...HIDDEN },
    root: true,
    systemLog: true,
    run: resumeCommand,
  },
  {
    words: ['resume'],
    flags: { force: 'switch', ...HIDDEN },
    root: true,
    systemLog: true,
    run: resumeCommand,
  },
  { words: ['plan', 'complete'], flags: HIDDEN, root: true, run: complete },
  {
    words: ['plan', 'set'],
    flags: { phase: 'text', state: 'text', ...HIDDEN },
    required: ['phase', 'state'],
    run: set,
  },
];

/** One phase; with `/` the whole plan in this process, as `resume --block` runs it (engine-observed 6). */
export async function execute(gravity: GravityProcess, given: Arguments): Promise<Fault | null> {
  const refused =
    noActiveOperation(gravity, given) ??
    withoutSteps(gravity, 'plan execution') ??
    withoutCollector(gravity) ??
    wrongBinary(gravity, given);
  if (refused !== null) return refused;
  const id = given.text('phase') ?? '';
  if (id === '/') return resumeFound(gravity, given, true);
  return executeCommand(engineRun(gravity), { id, force: given.has('force') });
}

async function rollback(gravity: GravityProcess, given: Arguments): Promise<Fault | null> {
  const refused = noActiveOperation(gravity, given) ?? notRolledBack(gravity) ?? wrongBinary(gravity, given);
  if (refused !== null) return refused;
  return rollbackCommand(engineRun(gravity), { id: given.text('phase') ?? '', force: given.has('force') });
}

function notRolledBack({ cluster }: GravityProcess): Fault | null {
  const { type } = cluster.world.operation;
  if (operationKind(type).rollsBack !== 'no') return null;
  return fault(`operation type "${type}" does not support plan rollback`);
}

/** Garbage is collected through the cluster's API, whatever the phase (recordings/story/a2, a5). */
function withoutCollector(gravity: GravityProcess): Fault | null {
  return gravity.cluster.world.operation.type === 'operation_gc' ? noSite(gravity) : null;
}

async function complete(gravity: GravityProcess, given: Arguments): Promise<Fault | null> {
  const refused = noActiveOperation(gravity, given);
  if (refused !== null) return refused;
  const { world } = gravity.cluster;
  if (world.plan.phases.length > 0) await completeByHand(engineRun(gravity));
  else completeWithoutPlan(world);
  return null;
}

/** An update that came to no plan only gives the cluster back; anything else has failed (engine.md 5). */
function completeWithoutPlan(world: World): void {
  world.clusterState = 'active';
  if (world.operation.type === 'operation_update') return;
  world.operation.state = 'failed';
  const message = 'Operation failure: completed manually';
  world.operation.progress = { message, completion: 100, created: world.clock.now() };
}

function set(gravity: GravityProcess, given: Arguments): Fault | null {
  const [phase, state] = [given.text('phase') ?? '', given.text('state') ?? ''];
  const refused =
    noActiveOperation(gravity, given) ??
    withoutSteps(gravity, 'setting phase state') ??
    withoutCollector(gravity) ??
    setState(gravity.cluster.world, gravity.node, phase, state);
  if (refused === null) printStep(gravity, `Set phase ${phase} to ${state} state`);
  return refused;
}
