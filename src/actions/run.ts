import { leavesLeft } from '../model/run-checklist.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { defineAction } from './define-action.ts';
import { agentStep } from './gravity-step.ts';
import { refuse } from './guard.ts';
import { noImpact } from './impact.ts';
import { RunArgsSchema } from './operands.ts';
import { operationActions } from './operation.ts';
import { phaseActions } from './phase.ts';
import type { ActionRow, Refusal } from './row.ts';

const interrupt = defineAction<{ run: string }>({
  id: 'run.interrupt',
  confirmWords: 'yes',
  key: null,
  label: 'Interrupt',
  help: 'Stop a run: a queued one is cancelled, of a running one gravity is killed where it runs under our keeper.',
  gravity: null,
  scope: 'run',
  risk: 'destroy',
  confirm: () => 'yes',
  lane: 'read',
  args: RunArgsSchema,
  takes: { run: 'run' },
  expert: false,
  wheel: false,
  needs: [],
  effect: 'agent',
  success: 'exit',
  steps: (args) => [agentStep('run', 'interrupt', args.run)],
  blockedBy: (cluster, args) => {
    const run = cluster.runs.find((each) => each.id === args.run);
    if (!run) return refuse(`there is no run ${args.run}`, 'list the runs: gravity-console runs');
    if (!isFinal(run.state)) return null;
    return refuse(`run ${args.run} is over: ${run.state}`, 'there is nothing to interrupt');
  },
  impact: (cluster, args) => {
    const run = cluster.runs.find((each) => each.id === args.run);
    if (run?.state === 'queued') return noImpact({ undo: 'start it again', warnings: ['it has not begun'] });
    return noImpact({
      leaves: run?.steps[run.step]?.phase ? [run.steps[run.step]?.phase ?? ''] : [],
      warnings: [
        'gravity is killed, and its leaf stays in progress',
        'what it started on another node goes on there, and may complete by itself',
      ],
      undo: 'resume, or force the leaf once nobody runs it any more',
    });
  },
  sample: { args: { run: 'RUN' } },
});

const goOn = defineAction<{ run: string }>({
  id: 'run.continue',
  confirmWords: 'as the action it goes on with',
  key: null,
  label: 'Continue',
  help: 'Go on with a run that failed, was interrupted or got lost: the same action, judged anew for what is left.',
  gravity: null,
  scope: 'run',
  risk: 'change',
  confirm: (cluster, { run }) => {
    const meant = whatGoesOn(cluster, run);
    return meant?.row.confirm(cluster, meant.args) ?? 'yes';
  },
  lane: 'cluster',
  args: RunArgsSchema,
  takes: { run: 'run' },
  expert: false,
  wheel: true,
  needs: ['agents', 'pods'],
  effect: 'run',
  success: 'exit',
  standsFor: (cluster, { run }) => whatGoesOn(cluster, run),
  steps: ({ run }, cluster, facts) => {
    const meant = whatGoesOn(cluster, run);
    return meant?.row.steps(meant.args, cluster, facts) ?? [];
  },
  blockedBy: (cluster, { run }) => {
    const known = cluster.runs.find(({ id }) => id === run);
    if (!known) return refuse(`there is no run ${run}`, 'list the runs: gravity-console runs');
    return goOnRefusal(cluster, known);
  },
  impact: (cluster, { run }, facts) => {
    const meant = whatGoesOn(cluster, run);
    return meant?.row.impact(cluster, meant.args, facts) ?? noImpact();
  },
  sample: { args: { run: 'STOPPED' } },
});

export const runActions: readonly ActionRow[] = [interrupt, goOn];

/** The action a run was of, and the arguments that take it up again. */
function whatGoesOn(cluster: Cluster, id: string) {
  const run = cluster.runs.find((each) => each.id === id);
  const row = [...operationActions, ...phaseActions].find((each) => each.id === run?.action);
  return run && row?.goesOn ? { row, args: row.goesOn(run) } : null;
}

/** Why a run does not go on; what its action itself says comes after. */
function goOnRefusal(cluster: Cluster, run: Run): Refusal | null {
  const { id, label, state } = run;
  if (!isFinal(state)) return refuse(`run ${id} is not over: ${state}`, 'wait for its end, or interrupt it');
  if (whatGoesOn(cluster, id) === null)
    return refuse(`${label} is not something that goes on`, 'give the action again');
  if (run.operationId !== (cluster.plan?.operation.id ?? null))
    return refuse(`run ${id} was of another operation`, 'give the action again for this one');
  if (state !== 'done' && leavesLeft(cluster, run) !== 0) return null;
  return refuse(`nothing is left of run ${id}: all it was to do is done`, 'there is nothing to go on with');
}
