import { leavesLeft } from '../model/run-checklist.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { defineAction } from './define-action.ts';
import { agentStep } from './gravity-step.ts';
import { refuse } from './guard.ts';
import { noImpact } from './impact.ts';
import { InterruptArgsSchema, RunArgsSchema } from './operands.ts';
import { operationActions } from './operation.ts';
import { phaseActions } from './phase.ts';
import type { ActionRow, Refusal } from './row.ts';

const interrupt = defineAction<{ run?: string | undefined }>({
  id: 'run.interrupt',
  confirmWords: 'yes',
  key: null,
  label: 'Interrupt',
  help: 'Stop the run that is on, or the one named: a queued one is cancelled, of a running one its gravity is killed.',
  gravity: null,
  scope: 'run',
  risk: 'destroy',
  confirm: () => 'yes',
  lane: 'read',
  args: InterruptArgsSchema,
  takes: { run: 'run' },
  expert: false,
  wheel: false,
  needs: [],
  effect: 'agent',
  success: 'exit',
  steps: (args, cluster) => [agentStep('run', 'interrupt', runMeant(cluster, args) ?? '')],
  blockedBy: (cluster, args) => {
    const id = runMeant(cluster, args);
    if (id === null) return whichRun(cluster);
    const run = cluster.runs.find((each) => each.id === id);
    if (!run) return refuse(`there is no run ${id}`, 'list the runs: gravity-console runs');
    if (!isFinal(run.state)) return null;
    return refuse(`run ${id} is over: ${run.state}`, 'there is nothing to interrupt');
  },
  impact: (cluster, args) => {
    const run = cluster.runs.find((each) => each.id === runMeant(cluster, args));
    if (run?.state === 'queued') return noImpact({ undo: 'start it again', warnings: ['it has not begun'] });
    const phase = run?.steps[run.step]?.phase ?? null;
    return noImpact({
      leaves: phase === null ? [] : [phase],
      warnings: [
        'gravity is killed, and what it runs on another node dies with it within half a second',
        'the phase stays in progress on the node it runs on; of a phase on another node this node shows the state before it until gravity reconciles again',
      ],
      undo: 'make sure nobody runs the phase, then run it again: resume where it ran on this node, else force it',
    });
  },
  sample: { args: { run: 'RUN' } },
});

/** The run named, else the only one that is running, else the only one that waits; null where none or several could be meant. */
function runMeant({ runs }: Cluster, { run }: { run?: string | undefined }): string | null {
  if (run !== undefined) return run;
  const running = runs.filter(({ state }) => state === 'running');
  const [only, ...others] = running.length > 0 ? running : runs.filter(({ state }) => state === 'queued');
  return only === undefined || others.length > 0 ? null : only.id;
}

function whichRun({ runs }: Cluster): Refusal {
  const on = runs.filter(({ state }) => !isFinal(state));
  if (on.length === 0) return refuse('nothing is running', 'there is nothing to interrupt');
  const named = on.slice(0, 3).map(({ id, label }) => `${id} (${label})`);
  return refuse(
    `${on.length} runs are on: ${named.join(', ')}${on.length > 3 ? ` and ${on.length - 3} more` : ''}`,
    'name one of them: --run ID',
  );
}

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
