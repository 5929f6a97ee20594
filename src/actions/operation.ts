import { operationToComplete } from '../model/active-operation.ts';
import { walkExecution } from '../model/execution-walk.ts';
import { nextLeaf } from '../model/next-leaf.ts';
import { operationType } from '../model/operation-type.ts';
import { indexPlan } from '../model/phase-tree.ts';
import { reachOf } from '../model/reach.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import { completionImpact } from './completion-impact.ts';
import { defineAction } from './define-action.ts';
import { gravityStep, planStep } from './gravity-step.ts';
import { inOrder } from './guard.ts';
import { leavesImpact, noImpact } from './impact.ts';
import { NoArgsSchema, StepArgsSchema } from './operands.ts';
import { completionIsOpen, drives, fromTheLead, notResuming, someBinary } from './operation-guards.ts';
import { executionImpact } from './phase.ts';
import { canStep, stopRefusal } from './phase-guards.ts';
import { canResume } from './plan-guards.ts';
import { reconcile } from './reconcile.ts';
import { operationRollbacks } from './rollback.ts';
import type { ActionRow, Facts, PlannedStep } from './row.ts';
import { resumedByHand, steppedByHand } from './type-guards.ts';

const common = {
  key: null,
  scope: 'operation',
  lane: 'cluster',
  takes: {},
  expert: false,
  wheel: true,
  effect: 'run',
  success: 'exit',
  args: NoArgsSchema,
} as const;

const step = defineAction<{ phase?: string | undefined }>({
  ...common,
  id: 'operation.step',
  confirmWords: 'yes',
  key: 'x',
  label: 'Step',
  help: 'Execute the next leaf that is not completed, or the selected one.',
  gravity: 'gravity plan execute --phase=LEAF',
  takes: { phase: 'phase' },
  risk: 'change',
  confirm: () => 'yes',
  args: StepArgsSchema,
  needs: ['agents', 'pods'],
  steps: (args, cluster) => {
    const leaf = leafOfStep(cluster, args);
    if (leaf === null) return [];
    return [planStep(cluster, 'plan execute', { options: [`--phase=${leaf}`], phase: leaf })];
  },
  blockedBy: inOrder(steppedByHand, drives, canStep),
  impact: (cluster, args, facts) => {
    const leaf = leafOfStep(cluster, args);
    return leaf === null ? noImpact() : executionImpact(cluster, leaf, facts);
  },
  goesOn: ({ steps }) => ({ phase: steps[0]?.phase ?? '' }),
  sample: { args: {} },
});

const resume = defineAction({
  ...common,
  id: 'operation.resume',
  confirmWords: 'yes',
  label: 'Resume',
  help: 'Execute everything that is left, in plan order, and complete the operation.',
  gravity: 'gravity plan resume',
  risk: 'change',
  confirm: () => 'yes',
  needs: ['agents'],
  effect: 'follow',
  success: 'follow',
  steps: (_args, cluster) => [resumeStep(cluster)],
  blockedBy: inOrder(resumedByHand, drives, notResuming, canResume),
  impact: (cluster, _args, facts) => resumeImpact(cluster, facts),
  goesOn: () => ({}),
  sample: { args: {} },
});

const complete = defineAction({
  ...common,
  id: 'operation.complete',
  confirmWords: 'the cluster is typed',
  label: 'Complete',
  help: 'Close the operation: completed when every leaf is, else failed. The cluster becomes active in either case.',
  gravity: 'gravity plan complete',
  risk: 'destroy',
  confirm: () => 'type(cluster)',
  needs: [],
  steps: (_args, cluster) => {
    const id = operationToComplete(cluster)?.id ?? null;
    return [gravityStep('plan complete', id === null ? [] : [`--operation-id=${id}`])];
  },
  blockedBy: inOrder(completionIsOpen, fromTheLead, someBinary),
  impact: (cluster) => completionImpact(cluster),
  sample: { args: {} },
});

export const operationActions: readonly ActionRow[] = [
  step,
  resume,
  ...operationRollbacks,
  reconcile,
  complete,
];

function leafOfStep(cluster: Cluster, args: { phase?: string | undefined }): string | null {
  return args.phase ?? (cluster.plan && nextLeaf(cluster.plan)?.id) ?? null;
}

/**
 * Gravity's own way is its unit, which outlives every terminal; without systemd the keeper holds `--block` instead, and
 * so it does for the types that gravity resumes in the foreground anyway (commands.md 3.3).
 */
function resumeStep(cluster: Cluster): PlannedStep {
  const { resumes } = operationType(cluster.plan?.operation.type ?? null);
  if (cluster.units === 'none' || resumes !== 'unit') {
    return planStep(cluster, 'plan resume', { options: ['--block'] });
  }
  return { ...planStep(cluster, 'plan resume'), unit: 'gravity-resume.service' };
}

function resumeImpact(cluster: Cluster, facts: Facts): Impact {
  if (cluster.plan === null) return noImpact();
  const index = indexPlan(cluster.plan);
  const { isLocal } = reachOf(cluster, facts.agents);
  const how = { isLocal, hasNoAgent: () => false, resume: true };
  const { leaves, stop } = walkExecution(index, index.roots, how);
  const warnings = stop
    ? [`it will stop at ${stop.phase}: ${stopRefusal({ cluster, index, facts }, stop).sentence}`]
    : ['at its end the operation is completed and the update agents are shut down'];
  return leavesImpact({ cluster, facts, index, leaves, way: 'execute' }, { warnings });
}
