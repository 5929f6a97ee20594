import { completeByHand } from '../engine/complete.ts';
import { setState } from '../engine/set-state.ts';
import { executeCommand, rollbackCommand } from '../engine/single-phase.ts';
import { type Fault, fault } from '../fault.ts';
import { goTime } from '../go-time.ts';
import { operationKind } from '../operation-kind.ts';
import { noActiveOperation } from './active-operation.ts';
import type { Arguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import { engineRun, type GravityProcess } from './process.ts';
import { startResumeUnit } from './resume-unit.ts';
import { resumeWhole } from './resume-whole.ts';
import { showPlan } from './show-plan.ts';

const HIDDEN = { 'operation-id': 'text', 'skip-version-check': 'switch', timeout: 'text' } as const;
const SHOWN = { output: 'text', short: 'switch', tail: 'switch', ...HIDDEN } as const;
const SHORTS = { o: 'output', f: 'tail' } as const;

/** `gravity plan` and everything below it, and the two commands that are the same under other names. */
export const planCommands: readonly GravityCommand[] = [
  { words: ['plan'], flags: SHOWN, shorts: SHORTS, root: true, run: showPlan },
  { words: ['plan', 'display'], flags: SHOWN, shorts: SHORTS, root: true, run: showPlan },
  {
    words: ['plan', 'execute'],
    flags: { phase: 'text', force: 'switch', ...HIDDEN },
    root: true,
    run: (gravity, given) =>
      noActiveOperation(gravity, given) ??
      executeCommand(engineRun(gravity), { id: given.text('phase') ?? '', force: given.has('force') }),
  },
  {
    words: ['plan', 'rollback'],
    flags: { phase: 'text', force: 'switch', ...HIDDEN },
    root: true,
    run: (gravity, given) =>
      withoutPhase(given) ??
      noActiveOperation(gravity, given) ??
      notRolledBack(gravity) ??
      rollbackCommand(engineRun(gravity), { id: given.text('phase') ?? '', force: given.has('force') }),
  },
  {
    words: ['plan', 'resume'],
    flags: { force: 'switch', block: 'switch', ...HIDDEN },
    root: true,
    run: (gravity, given) => noActiveOperation(gravity, given) ?? resume(gravity, given.has('block')),
  },
  {
    words: ['resume'],
    flags: { force: 'switch', ...HIDDEN },
    root: true,
    run: (gravity, given) => noActiveOperation(gravity, given) ?? resume(gravity, true),
  },
  {
    words: ['plan', 'complete'],
    flags: HIDDEN,
    root: true,
    run: (gravity, given) => noActiveOperation(gravity, given) ?? complete(gravity),
  },
  {
    words: ['plan', 'set'],
    flags: { phase: 'text', state: 'text', ...HIDDEN },
    run: (gravity, given) => set(gravity, given),
  },
];

/** Gravity verifies the update agents first and says so when it cannot (recordings/story/10). */
export function sayAgentsUnverified({ cluster, out }: GravityProcess): void {
  if (cluster.siteAnswers()) return;
  const text =
    "Couldn't verify upgrade agents status. If some are offline, they won't be redeployed automatically";
  out(`\u001b[33m${text}\u001b[0m\n`);
}

function withoutPhase(given: Arguments): Fault | null {
  return given.text('phase') === null ? fault('required flag --phase not provided') : null;
}

function notRolledBack({ cluster }: GravityProcess): Fault | null {
  const { type } = cluster.world.operation;
  if (operationKind(type).rollsBack !== 'no') return null;
  return fault(`operation type "${type}" does not support plan rollback`);
}

async function resume(gravity: GravityProcess, block: boolean): Promise<Fault | null> {
  sayAgentsUnverified(gravity);
  if (block) return resumeWhole(gravity.cluster, engineRun(gravity));
  const running = startResumeUnit(gravity.cluster, gravity.node);
  if (running !== null) return running;
  const { id } = gravity.cluster.world.operation;
  const now = goTime.line(gravity.cluster.world.clock.now());
  gravity.out(`\u001b[1m${now}\u001b[0m\tStarting gravity-resume.service service\n`);
  gravity.out('The operation has been resumed in the background.\n');
  gravity.out('To view its logs, run: journalctl -u gravity-resume.service -f\n');
  gravity.out(`To monitor the operation, run: gravity plan --operation-id=${id} --tail\n`);
  return null;
}

function complete({ cluster, node }: GravityProcess): null {
  completeByHand(cluster.world, node);
  return null;
}

function set(gravity: GravityProcess, given: Arguments): Fault | null {
  const [phase, state] = [given.text('phase'), given.text('state')];
  if (phase === null) return fault('required flag --phase not provided');
  if (state === null) return fault('required flag --state not provided');
  return noActiveOperation(gravity, given) ?? setState(gravity.cluster.world, gravity.node, phase, state);
}
