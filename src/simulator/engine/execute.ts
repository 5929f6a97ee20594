import { type Fault, fault, missing, userMessage, wrapped } from '../fault.ts';
import { phaseState } from '../phase-state.ts';
import { isGroup } from '../phase-tree.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { runsOn, statesOn } from '../world.ts';
import { dialUnanswered } from './dial.ts';
import { perform } from './perform.ts';
import { performRemotely } from './perform-remotely.ts';
import { unmetRequirement } from './requirements.ts';
import { announce, type Run } from './run.ts';

export type Execution = { id: string; force: boolean; resume: boolean };

/** Executes a phase by gravity's rules in gravity's order (engine-observed 2); answers what went wrong, or null. */
export async function executePhase(run: Run, execution: Execution): Promise<Fault | null> {
  const { id, force, resume } = execution;
  const { tree } = run.world;
  const node = tree.byId.get(id);
  if (node === undefined) return fault(`phase "${id}" not found`);
  const states = statesOn(run.world, run.node);
  const state = phaseState(node.phase, states);
  const group = isGroup(node.phase);
  if (state === 'completed' && !force) return null;
  if (state === 'in_progress' && !group && !force && !resume) {
    return fault(`phase "${id}" is in progress, use --force flag to force execution`);
  }
  const unmet = force ? null : unmetRequirement(tree, node, states);
  if (unmet !== null) return unmet;
  if (!group) return executeLeaf(run, node.phase, force);
  if (force) {
    return fault(`cannot use force with composite phase "${id}", please only use --force on a single phase`);
  }
  return node.phase.parallel
    ? executeTogether(run, node.phase, resume)
    : executeInOrder(run, node.phase, resume);
}

async function executeInOrder(run: Run, group: PhaseDocument, resume: boolean): Promise<Fault | null> {
  for (const { id } of group.phases ?? []) {
    const failed = await executePhase(run, { id, force: false, resume });
    if (failed !== null) return failed;
  }
  return null;
}

/** Children of a parallel group start together and do not stop each other (engine-observed 3). */
async function executeTogether(run: Run, group: PhaseDocument, resume: boolean): Promise<Fault | null> {
  const children = (group.phases ?? []).map(async ({ id }) => {
    const failed = await executePhase(run, { id, force: false, resume });
    return failed === null ? null : wrapped(`failed to execute phase "${id}"`, failed);
  });
  const failures = (await Promise.all(children)).filter((failed) => failed !== null);
  const [first] = failures;
  if (first === undefined) return null;
  if (failures.length === 1) return first;
  return { ...first, messages: [], original: failures.map(userMessage).join(', ') };
}

async function executeLeaf(run: Run, phase: PhaseDocument, force: boolean): Promise<Fault | null> {
  const server = runsOn(phase);
  if (server === null || server.hostname === run.node) {
    announce(run, `Executing "${phase.id}" locally`);
    return perform(run, phase, 'execute');
  }
  if (run.world.agentsDown.has(server.hostname)) {
    await dialUnanswered(run.world, run.life);
    const at = `${server.hostname}/${server.advertise_ip}`;
    return missing(
      `no agent is running on node ${at}, please execute phase "${phase.id}" locally on that node`,
    );
  }
  announce(run, `Executing "${phase.id}" on remote node ${server.hostname}`);
  return performRemotely(run, { phase, node: server.hostname, verb: 'execute', force });
}
