import { completeByHand } from '../engine/complete.ts';
import { rollbackPhase } from '../engine/rollback.ts';
import type { Run } from '../engine/run.ts';
import { setState } from '../engine/set-state.ts';
import { executeCommand, rollbackCommand } from '../engine/single-phase.ts';
import { resumePlan, rollbackPlan } from '../engine/whole-plan.ts';
import { type Fault, fault, wrapped } from '../fault.ts';
import { updateAgents } from '../update-agents.ts';
import type { Arrangement } from '../world.ts';
import { scriptLooks } from './script-looks.ts';

export type ScriptCommand = { verb: string; operands: string[]; flags: ReadonlySet<string> };

type Verb = (run: Run, command: ScriptCommand) => Promise<Fault | null> | Fault | null;

/** What each verb of the recorded scripts does (recordings/README.md, engine). */
export const SCRIPT_VERBS: Readonly<Record<string, Verb>> = {
  execute: (run, { operands: [id = ''], flags }) => executeCommand(run, { id, force: flags.has('--force') }),
  rollback: (run, { operands: [id = ''], flags }) =>
    rollbackCommand(run, { id, force: flags.has('--force') }),
  'rollback-plan': (run, { flags }) => rollbackPlan(run, flags.has('--dry-run')),
  'rollback-machine-dry-run': (run, { operands: [id = ''] }) =>
    rollbackPhase(run, { id, force: false, dryRun: true }),
  resume: (run) => resumePlan(run),
  complete: async (run) => {
    await completeByHand(run);
    return null;
  },
  set: (run, { operands: [id = '', state = ''] }) => setState(run.world, run.node, id, state),
  'fail-execute': (run, command) => arrangeFailure(run, 'execute', command),
  'fail-rollback': (run, command) => arrangeFailure(run, 'rollback', command),
  'fail-precheck': (run, command) => arrangeFailure(run, 'precheck', command),
  'fail-postcheck': (run, command) => arrangeFailure(run, 'postcheck', command),
  crash: (run, { operands: [id = ''] }) => arrange(run, id, { crash: true }),
  kill: (run, { operands: [id = ''] }) => arrange(run, id, { kill: true }),
  'agent-kill': ({ world }, { operands: [host = ''] }) => {
    world.agentKills.add(host);
    return null;
  },
  etcd: ({ world }, { operands: [state = ''] }) => {
    if (state !== 'down' && state !== 'up') return fault(`"${state}" is neither down nor up`);
    world.etcdAnswers = () => state === 'up';
    return null;
  },
  fix: ({ world }, { operands: [id = ''] }) => {
    world.arranged.delete(id);
    return null;
  },
  'agent-down': ({ world }, { operands: [host = ''] }) => {
    updateAgents.stop(world, host);
    return null;
  },
  'agent-up': ({ world }, { operands: [host = ''] }) => {
    updateAgents.start(world, host);
    return null;
  },
  dump: () => null,
  ...scriptLooks,
};

function arrangeFailure(
  run: Run,
  moment: 'execute' | 'rollback' | 'precheck' | 'postcheck',
  command: ScriptCommand,
) {
  const [id = '', kind = '', ...words] = command.operands;
  const plain = fault(words.join(' '));
  const failure = kind === 'wrapped' ? wrapped('user message wrapping the original error', plain) : plain;
  return arrange(run, id, { [moment]: failure });
}

function arrange({ world }: Run, id: string, more: Arrangement): null {
  world.arranged.set(id, { ...world.arranged.get(id), ...more });
  return null;
}
