import type { Entry } from '../changelog.ts';
import { newestByPhase } from '../changelog.ts';
import { newRun, type Run } from '../engine/run.ts';
import { type Fault, fault, userMessage } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { instantClock } from '../instant-clock.ts';
import { newLife } from '../life.ts';
import { phaseState } from '../phase-state.ts';
import type { PlanDocument } from '../plan-document.ts';
import { createWorld, type World } from '../world.ts';
import { changedCopies, copiesOf, type NodeCopies } from './node-copies.ts';
import { SCRIPT_VERBS, type ScriptCommand } from './script-verbs.ts';

/** What one command of a script did, under the keys of recordings/engine/*.json. */
export type ScriptAnswer = {
  command: string;
  exit_code: number;
  user_message: string | null;
  stdout: string;
  stderr: string;
  changelog_added: string[] | null;
  changed_states: Record<string, string>;
  operation_state: string;
  cluster_state: string;
  /** Of a plan of several nodes: what is another state in each node's copy and in etcd's than before the command. */
  nodes?: NodeCopies;
};

/** How a command whose process was killed ends (recordings/nodes). */
const KILLED = -9;

/**
 * Runs a script in the language of the engine recordings on a cluster with this plan, on a clock of its own. States in
 * the plan count as its changelog. The first command is given on the lead master, else on the first server. Each node has
 * its own copy of the changelog.
 */
export async function runScript(plan: PlanDocument, script: string): Promise<ScriptAnswer[]> {
  const world = createWorld({ plan, clock: instantClock(startOf(plan)) });
  world.oneProcess = isOfTheEngine(world, script);
  const answers: ScriptAnswer[] = [];
  let node = plan.lead_master?.hostname ?? plan.servers[0]?.hostname ?? '';
  for (const line of script.split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const command = parse(line);
    if (command.verb === 'on-node') node = command.operands[0] ?? node;
    answers.push(await answer(world, node, line));
  }
  return answers;
}

/** Verbs that only scripts of several real machines have. */
const OF_NODES = /^\s*(kill|agent-kill|etcd)\b/m;

/**
 * Whether a script is told as those of recordings/engine were: on a plan just made, on one machine, with the update
 * agents inside the commanding process. What differs there is how a remote failure is worded, that a crash takes both
 * sides down, that nothing refuses a completed operation, and that looking shows what etcd has.
 */
function isOfTheEngine({ stores }: World, script: string): boolean {
  return stores.cluster.size === 0 && !OF_NODES.test(script);
}

function parse(line: string): ScriptCommand {
  const [verb = '', ...words] = line.split(/\s+/);
  const text = verb.startsWith('fail-');
  return {
    verb,
    operands: text ? words : words.filter((word) => !word.startsWith('--')),
    flags: new Set(text ? [] : words.filter((word) => word.startsWith('--'))),
  };
}

async function answer(world: World, node: string, line: string): Promise<ScriptAnswer> {
  const command = parse(line);
  const out: string[] = [];
  const before = computed(world);
  const copies = copiesOf(world);
  const written = world.journal.length;
  const run = newRun(world, node, newLife(), (text) => out.push(`${text}\n`));
  const failed = await perform(run, command);
  await Promise.all(world.orphans);
  const killed = run.life.ended();
  const message = failed === null || killed ? null : messageOf(failed);
  const added = world.journal.slice(written).map(entryText);
  return {
    command: line,
    exit_code: killed ? KILLED : failed === null ? 0 : 255,
    user_message: message,
    stdout: out.join(''),
    stderr: message === null ? '' : `[ERROR]: ${message}\n`,
    changelog_added: added.length === 0 ? null : added,
    changed_states: changes(before, computed(world)),
    operation_state: world.operation.state,
    cluster_state: world.clusterState,
    ...(world.plan.servers.length > 1 ? { nodes: changedCopies(copies, copiesOf(world)) } : {}),
  };
}

async function perform(run: Run, command: ScriptCommand): Promise<Fault | null> {
  if (command.verb === 'on-node') return null;
  const verb = SCRIPT_VERBS[command.verb];
  if (isClosed(run) && ON_OPERATION.has(command.verb)) return fault('no active operation found');
  return verb === undefined ? fault(`unknown script verb "${command.verb}"`) : verb(run, command);
}

/** The verbs that are about an operation under way. */
const ON_OPERATION = new Set(['execute', 'rollback', 'rollback-plan', 'resume', 'complete', 'set']);

function isClosed({ world, node }: Run): boolean {
  return !world.oneProcess && world.plan.operation_type === 'operation_update' && world.closedOn.has(node);
}

/** Where the engine was recorded a process killed in a phase was told of in these words. */
function messageOf(failed: Fault): string {
  return failed.died === undefined
    ? userMessage(failed)
    : `(oracle) process killed while running ${failed.died}`;
}

function entryText({ phaseId, state, error }: Entry): string {
  return `${phaseId} ${state}${error?.error == null ? '' : ` error=${goJson(error.error)}`}`;
}

function computed(world: World): Map<string, string> {
  const states = newestByPhase(new Map(world.journal.map((entry) => [entry.id, entry])));
  return new Map([...world.tree.byId.values()].map(({ phase }) => [phase.id, phaseState(phase, states)]));
}

function changes(before: Map<string, string>, after: Map<string, string>): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const [id, state] of after) {
    if (before.get(id) !== state) changed[id] = `${before.get(id)} -> ${state}`;
  }
  return changed;
}

/** Later than anything the plan tells of, so that what happens now is the newest. */
function startOf(plan: PlanDocument): number {
  const times: number[] = [Date.parse(plan.created_at)];
  const visit = (phases: PlanDocument['phases']): void => {
    for (const { updated, phases: children } of phases) {
      times.push(Date.parse(updated));
      visit(children ?? []);
    }
  };
  visit(plan.phases);
  return Math.max(...times.filter((time) => Number.isFinite(time))) + 1000;
}
