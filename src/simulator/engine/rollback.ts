import { type Fault, fault } from '../fault.ts';
import { phaseState } from '../phase-state.ts';
import { isGroup, leavesOf, type PhaseNode } from '../phase-tree.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { runsOn, statesOn } from '../world.ts';
import { startedDependents } from './dependents.ts';
import { dialUnanswered } from './dial.ts';
import { perform } from './perform.ts';
import { performRemotely } from './perform-remotely.ts';
import { announce, type Run } from './run.ts';

export type Rollback = { id: string; force: boolean; dryRun: boolean };

/** Rolls a phase back by gravity's rules (engine-observed 4); force and a dry run skip the checks. */
export async function rollbackPhase(run: Run, rollback: Rollback): Promise<Fault | null> {
  const node = run.world.tree.byId.get(rollback.id);
  if (node === undefined) return fault(`phase "${rollback.id}" not found`);
  const refused = rollback.force || rollback.dryRun ? null : whyNot(run, node);
  if (refused !== null) return refused;
  for (const leaf of leavesOf(node.phase).reverse()) {
    const failed = await rollbackLeaf(run, leaf, rollback);
    if (failed !== null) return failed;
  }
  return null;
}

function whyNot(run: Run, node: PhaseNode): Fault | null {
  const { id } = node.phase;
  const states = statesOn(run.world, run.node);
  const state = phaseState(node.phase, states);
  if (state === 'unstarted') return fault(`phase "${id}" hasn't been executed yet`);
  if (state === 'rolled_back') return fault(`phase "${id}" has already been rolled back`);
  if (isGroup(node.phase)) {
    return fault(
      'rolling back phases that have sub-phases is not supported. Please rollback individual phases',
    );
  }
  const dependents = startedDependents(run.world.tree, node, states);
  return dependents.length === 0 ? null : fault(dependentsText(id, dependents));
}

function dependentsText(id: string, dependents: readonly string[]): string {
  const list = dependents.map((dependent) => `\t${dependent}\n`).join('');
  return (
    `Phase ${id} cannot be rolled back because some phases that depend on it haven't been rolled back yet. ` +
    `Please rollback the following phases first:\n\n${list}\n` +
    `You can pass --force flag to override this check and force phase ${id} rollback.`
  );
}

async function rollbackLeaf(
  run: Run,
  phase: PhaseDocument,
  { force, dryRun }: Rollback,
): Promise<Fault | null> {
  const server = runsOn(phase);
  const local = server === null || server.hostname === run.node;
  if (!local && run.world.agentsDown.has(server.hostname)) {
    await dialUnanswered(run.world, run.life);
    return fault(noAgentText(phase.id, server.hostname));
  }
  const where = local ? 'locally' : `on node ${server.hostname}`;
  announce(run, `${dryRun ? '[DRY-RUN] ' : ''}Rolling back "${phase.id}" ${where}`);
  if (dryRun) return null;
  if (local) return perform(run, phase, 'rollback');
  return performRemotely(run, { phase, node: server.hostname, verb: 'rollback', force });
}

/** With its stray quote at the end, as gravity has it (recordings/engine/04-rollback.json). */
function noAgentText(id: string, host: string): string {
  return (
    `Node ${host} does not appear to have an upgrade agent running so phase "${id}" rollback cannot be performed ` +
    'remotely from this node.\n' +
    'You can redeploy upgrade agents on all cluster nodes using "./gravity agent deploy", or execute ' +
    `"./gravity plan rollback --phase=${id}" directly from ${host}."`
  );
}
