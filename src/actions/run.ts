import { isFinal } from '../protocol/run.ts';
import { defineAction } from './define-action.ts';
import { agentStep } from './gravity-step.ts';
import { refuse } from './guard.ts';
import { noImpact } from './impact.ts';
import { RunArgsSchema } from './operands.ts';
import type { ActionRow } from './row.ts';

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

export const runActions: readonly ActionRow[] = [interrupt];
