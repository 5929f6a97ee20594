import { judge, type Verdict } from '../../src/actions/judge.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { type PhaseState, phaseStates } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { clusterWith, noFacts, withStates } from './a-cluster.ts';

export type Recorded = {
  command: string;
  exit_code: number;
  user_message?: string | null;
  changelog?: string[] | null;
  changelog_added?: string[] | null;
};

type World = { states: Record<string, PhaseState>; down: Set<string>; here: string | null };

/** What gravity says that no rule can know beforehand: what a phase itself answered when it was tried. */
const saidByPhases = [
  'scripted failure of',
  'precheck says no',
  'postcheck says no',
  '(oracle) process killed',
];

/** What gravity did and judge refuses all the same, each with its reason. */
const deliberate: readonly { why: string; holds: (command: string, verdict: Verdict) => boolean }[] = [
  {
    why: 'a completed phase runs nothing and prints nothing: the operator would think it ran',
    holds: (_command, verdict) => /is already completed: nothing would run/.test(verdict.reason ?? ''),
  },
  {
    why: 'the operation is driven from its lead alone, also where gravity would run a single phase elsewhere',
    holds: (command, verdict) =>
      command !== 'resume' && /^Plan must be resumed on node/.test(verdict.reason ?? ''),
  },
  {
    why: 'a state set on a group is written and ignored everywhere',
    holds: (command, verdict) => command.startsWith('set ') && /is a group/.test(verdict.reason ?? ''),
  },
  {
    why: 'the command line refuses to roll a garbage collection back (recordings story/a3 and a4); the driver is below it',
    holds: (_command, verdict) => /does not support (plan|automatic) rollback/.test(verdict.reason ?? ''),
  },
];

/** What gravity refused and judge lets through, each with its reason. */
const lenient: readonly { why: string; holds: (command: string, message: string) => boolean }[] = [
  {
    why: 'the command line deploys missing agents before it resumes or rolls back; the recorded driver does not',
    holds: (command, message) =>
      /^(resume|execute \/$|rollback-plan)/.test(command) &&
      /agent is running|upgrade agent running/.test(message),
  },
  {
    why: 'a group is rolled back leaf by leaf, not given to gravity',
    holds: (command, message) => command.startsWith('rollback ') && /that have sub-phases/.test(message),
  },
];

/** What judge and a state machine disagree about, command by command: empty when they say the same. */
export function disagreements(plan: Plan, commands: readonly Recorded[]): string[] {
  const world: World = { states: {}, down: new Set(), here: null };
  return commands.flatMap((recorded) => {
    const complaint = compare(recorded, judgeAt(plan, world, recorded.command));
    arrange(world, recorded);
    return complaint === null ? [] : [complaint];
  });
}

/** The action a recorded command is, null where the table has none: force on a rollback, looking, arranging. */
function actionOf(command: string): { action: string; args: Record<string, unknown> } | null {
  const [verb, phase, option] = command.split(' ');
  if (verb === 'resume' || (verb === 'execute' && phase === '/'))
    return { action: 'operation.resume', args: {} };
  if (verb === 'complete') return { action: 'operation.complete', args: {} };
  if (verb === 'rollback-plan' && phase === undefined) return { action: 'operation.rollback', args: {} };
  if (verb === 'rollback-plan') return { action: 'operation.rollback-preview', args: {} };
  if (verb === 'set') return { action: 'phase.set', args: { phase, state: option } };
  if (verb === 'execute' && option === '--force') return { action: 'phase.force', args: { phase } };
  if (verb === 'execute') return { action: 'phase.execute', args: { phase } };
  if (verb === 'rollback' && option === undefined) return { action: 'phase.rollback', args: { phase } };
  return null;
}

function judgeAt(plan: Plan, world: World, command: string): Verdict | null {
  const question = actionOf(command);
  if (question === null) return null;
  const here = plan.servers.find((server) => server.hostname === world.here);
  const place: Partial<Cluster> = here ? { place: { node: here.hostname, ip: here.ip, by: 'option' } } : {};
  const cluster = clusterWith(withStates(plan, world.states), place);
  const agents = plan.servers.map(({ hostname }) => ({
    hostname,
    state: world.down.has(hostname) ? ('offline' as const) : ('deployed' as const),
  }));
  return judge({ ...question, cluster, facts: { ...noFacts, agents } });
}

function compare(recorded: Recorded, verdict: Verdict | null): string | null {
  if (verdict === null) return null;
  const { command, exit_code: exitCode } = recorded;
  const message = recorded.user_message ?? '';
  const touched = (recorded.changelog_added ?? recorded.changelog ?? []).length > 0;
  const refusedByRule = exitCode !== 0 && !touched && !saidByPhases.some((said) => message.includes(said));
  if (deliberate.some(({ holds }) => holds(command, verdict))) return null;
  if (refusedByRule) {
    if (lenient.some(({ holds }) => holds(command, message))) return null;
    const same = !verdict.allowed && meaning(message).every((word) => (verdict.reason ?? '').includes(word));
    return same ? null : `${command}: gravity refused (${message}), judge says ${verdict.reason ?? 'yes'}`;
  }
  if (verdict.allowed) return null;
  return `${command}: gravity took it, judge refuses: ${verdict.reason}`;
}

/** What must be in our sentence: gravity's core, and each phase it names. */
function meaning(message: string): string[] {
  const core = [
    /phase "[^"]*" not found/,
    /required phase "[^"]*" is not completed/,
    /cannot use force with composite phase "[^"]*"/,
    /phase "[^"]*" hasn't been executed yet/,
    /phase "[^"]*" has already been rolled back/,
    /Phase \S+ cannot be rolled back because some phases that depend on it haven't been rolled back yet/,
    /no agent is running on node \S+, please execute phase "[^"]*" locally on that node/,
    /Plan must be resumed on node \S+/,
    /operation type "[^"]*" does not support plan rollback/,
  ].flatMap((pattern) => pattern.exec(message)?.[0] ?? []);
  // Ours says who runs it instead of advising to force it.
  const [, busy] = /phase "([^"]*)" is in progress, use --force flag/.exec(message) ?? [];
  if (busy !== undefined) return [`${busy} is in progress`];
  if (core.length === 0) return [`(no rule for ${message})`];
  const listed =
    /first:\n\n([\s\S]*?)\n\n/
      .exec(message)?.[1]
      ?.split('\n')
      .map((line) => line.trim()) ?? [];
  return listed.length === 0 ? core : [...core, `: ${listed.join(', ')}`];
}

/** Applies what the command did, and what the script arranges for the next ones. */
function arrange(world: World, recorded: Recorded): void {
  const [verb, operand] = recorded.command.split(' ');
  if (verb === 'agent-down' && operand) world.down.add(operand);
  if (verb === 'agent-up' && operand) world.down.delete(operand);
  if (verb === 'on-node' && operand) world.here = operand;
  for (const entry of recorded.changelog_added ?? recorded.changelog ?? []) {
    const [phase, word] = entry.split(' ');
    const state = phaseStates.find((each) => each === word);
    if (phase && state) world.states[phase] = state;
  }
}
