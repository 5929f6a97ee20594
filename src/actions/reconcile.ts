import { observedRunning } from '../model/observed-plan.ts';
import { etcdIsDown, noSuchPhase } from '../model/reconciled.ts';
import { isFinal } from '../protocol/run.ts';
import { defineAction } from './define-action.ts';
import { planStep } from './gravity-step.ts';
import { type Guard, inOrder, refuse } from './guard.ts';
import { noImpact } from './impact.ts';
import { NoArgsSchema } from './operands.ts';
import { drives } from './operation-guards.ts';
import { steppedByHand } from './type-guards.ts';

/**
 * Has gravity fetch what other nodes wrote of the plan, and executes nothing: gravity reconciles before it looks a phase up,
 * and no plan has this one (recordings/nodes/14). A completed phase is not used for it: its state here may be false.
 */
export const reconcile = defineAction({
  id: 'operation.reconcile',
  key: null,
  label: 'Reconcile',
  help: 'Fetch what other nodes recorded about the plan. Executes nothing; takes about half a second.',
  gravity: `gravity plan execute --phase=${noSuchPhase}`,
  scope: 'operation',
  risk: 'change',
  confirm: () => 'yes',
  confirmWords: 'yes',
  lane: 'cluster',
  args: NoArgsSchema,
  takes: {},
  expert: false,
  wheel: true,
  needs: [],
  effect: 'run',
  success: 'exit',
  steps: (_args, cluster) => [
    {
      ...planStep(cluster, 'plan execute', { options: [`--phase=${noSuchPhase}`] }),
      expects: { exitCode: 255, says: `phase "${noSuchPhase}" not found` },
    },
  ],
  blockedBy: (cluster, args, facts) => mayReconcile(cluster, args, facts),
  impact: () =>
    noImpact({
      warnings: [
        `gravity answers that phase "${noSuchPhase}" is not found: that is how it succeeds`,
        'phases that failed or were left in progress on other nodes appear in the plan',
      ],
    }),
  sample: { args: {} },
});

const nothingIsOn: Guard<unknown> = (cluster) => {
  const run = cluster.runs.find(({ lane, state }) => lane === 'cluster' && !isFinal(state));
  if (run) return refuse(`${run.label} is on (run ${run.id}): it reconciles by itself`, 'wait for its end');
  const [gravity] = cluster.atWork ?? [];
  if (gravity) return refuse(`gravity is at work here: ${gravity.command}`, 'wait for its end');
  const running = cluster.plan?.phases.find((phase) => observedRunning(cluster, phase) !== null);
  return running ? refuse(`${running.id} is running`, 'wait for its end') : null;
};

const executesNothing: Guard<unknown> = ({ plan }) =>
  plan?.phases.some(({ id }) => id === noSuchPhase)
    ? refuse(`this plan has a phase ${noSuchPhase}: it would be executed`, 'execute any phase instead')
    : null;

const etcdAnswers: Guard<unknown> = (cluster, _args, { now }) =>
  etcdIsDown(cluster, now)
    ? refuse(
        'etcd does not answer: gravity would skip the reconciliation and not say so',
        'bring etcd back first',
      )
    : null;

const mayReconcile = inOrder(steppedByHand, drives, nothingIsOn, executesNothing, etcdAnswers);
