import { phaseKind } from '../model/phase-kinds.ts';
import { allLeaves, indexPlan, leavesFrom, leavesOf, type PlanIndex } from '../model/phase-tree.ts';
import { walkRollback } from '../model/rollback-walk.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import type { Phase } from '../protocol/phase.ts';
import { defineAction } from './define-action.ts';
import { planStep } from './gravity-step.ts';
import { inOrder } from './guard.ts';
import { leavesImpact, noImpact } from './impact.ts';
import { NoArgsSchema, PhaseArgsSchema } from './operands.ts';
import { drives } from './operation-guards.ts';
import { canRollBack, canRollBackAll, canRollBackTo, dependentsRefusal } from './rollback-guards.ts';
import type { ActionRow, Facts, PlannedStep } from './row.ts';
import { rolledBackByHand, rolledBackWhole } from './type-guards.ts';

const common = {
  key: null,
  lane: 'cluster',
  expert: false,
  wheel: true,
  rollsBack: true,
  effect: 'run',
  success: 'exit',
} as const;

const whole = { ...common, scope: 'operation', takes: {}, args: NoArgsSchema } as const;

const byPhase = {
  ...common,
  takes: { phase: 'phase' },
  risk: 'destroy',
  args: PhaseArgsSchema,
  needs: ['agents'],
  gravity: 'gravity plan rollback --phase=PHASE',
  confirmWords: 'yes; the cluster is typed where etcd goes back',
  goesOn: ({ args }: { args: Record<string, unknown> }) => args,
} as const;

const rollBackPhase = defineAction<{ phase: string }>({
  ...byPhase,
  id: 'phase.rollback',
  label: 'Roll back',
  help: 'Roll back a leaf, or a group leaf by leaf in reverse order; leaves not run or rolled back are skipped.',
  scope: 'phase',
  confirm: (cluster, { phase }) => confirmed(cluster, (index) => leavesOf(index, phase)),
  steps: ({ phase }, cluster) => leafSteps(cluster, (index) => leavesOf(index, phase)),
  blockedBy: inOrder(rolledBackByHand, drives, canRollBack),
  impact: (cluster, { phase }, facts) => {
    const impact = backImpact(cluster, facts, (index) => leavesOf(index, phase));
    return { ...impact, skips: leftOut(cluster, phase, impact.leaves) };
  },
  sample: { args: { phase: '/init/master-1' } },
});

const rollBackTo = defineAction<{ phase: string }>({
  ...byPhase,
  id: 'operation.rollback-to',
  label: 'Roll back to before',
  help: 'Roll back the phase and everything after it that ran, leaf by leaf in reverse order; the operation goes on.',
  gravity: 'gravity plan rollback --phase=LEAF',
  scope: 'operation',
  confirm: (cluster, { phase }) => confirmed(cluster, (index) => leavesFrom(index, phase)),
  steps: ({ phase }, cluster) => leafSteps(cluster, (index) => leavesFrom(index, phase)),
  blockedBy: inOrder(rolledBackByHand, drives, canRollBackTo),
  impact: (cluster, { phase }, facts) => backImpact(cluster, facts, (index) => leavesFrom(index, phase)),
  sample: { args: { phase: '/init/master-1' } },
});

const rollBackAll = defineAction({
  ...whole,
  id: 'operation.rollback',
  confirmWords: 'the cluster is typed',
  label: 'Roll back all',
  help: 'Roll back every leaf that ran, in reverse order; the operation ends as failed and the cluster is active.',
  gravity: 'gravity rollback',
  risk: 'destroy',
  confirm: () => 'type(cluster)',
  needs: ['agents'],
  steps: (_args, cluster) => [planStep(cluster, 'rollback', { options: ['--confirm'] })],
  blockedBy: inOrder(rolledBackWhole, drives, canRollBackAll),
  impact: (cluster, _args, facts) =>
    backImpact(cluster, facts, ({ plan }) => allLeaves(plan), [
      'the operation ends as failed, and the cluster is set active',
    ]),
  goesOn: () => ({}),
  sample: { args: {} },
});

const previewRollback = defineAction({
  ...whole,
  id: 'operation.rollback-preview',
  confirmWords: 'yes',
  label: 'Roll back all, dry run',
  help: 'Print what rolling everything back would do. It changes no phase, but it may deploy update agents.',
  gravity: 'gravity rollback --dry-run',
  risk: 'change',
  confirm: () => 'yes',
  needs: [],
  steps: (_args, cluster) => [planStep(cluster, 'rollback', { options: ['--dry-run'] })],
  blockedBy: inOrder(rolledBackWhole, drives),
  impact: () =>
    noImpact({
      warnings: [
        'missing update agents are deployed',
        'the dependents of phases are not looked at: the real rollback can stop where this does not',
      ],
    }),
  sample: { args: {} },
});

/** The way back of one leaf or group, which belongs to the phase it is about. */
export const phaseRollback: ActionRow = rollBackPhase;

/** The ways back of an operation: all of it, and down to before a phase. */
export const operationRollbacks: readonly ActionRow[] = [rollBackAll, rollBackTo, previewRollback];

type Which = (index: PlanIndex) => Phase[];

/** One command a leaf, since gravity rolls back no group; in reverse order, those not run left out. */
function leafSteps({ plan, ...rest }: Cluster, which: Which): PlannedStep[] {
  if (plan === null) return [];
  const index = indexPlan(plan);
  return walkRollback(index, which(index)).leaves.map((leaf) =>
    planStep({ plan, ...rest }, 'plan rollback', { options: [`--phase=${leaf}`], phase: leaf }),
  );
}

function confirmed({ plan }: Cluster, which: Which): 'yes' | 'type(cluster)' {
  const leaves = plan === null ? [] : which(indexPlan(plan)).filter(ran);
  return leaves.some(({ kind }) => phaseKind(kind).pastEtcd) ? 'type(cluster)' : 'yes';
}

function ran({ state }: Phase): boolean {
  return state !== 'unstarted' && state !== 'rolled_back';
}

/** Of a group somebody chose, those that never ran are named too. */
function leftOut({ plan }: Cluster, phase: string, leaves: readonly string[]): string[] {
  const all = plan === null ? [] : leavesOf(indexPlan(plan), phase).map(({ id }) => id);
  return all.filter((id) => !leaves.includes(id));
}

function backImpact(cluster: Cluster, facts: Facts, which: Which, said: readonly string[] = []): Impact {
  if (cluster.plan === null) return noImpact();
  const index = indexPlan(cluster.plan);
  const among = which(index);
  const { leaves, stop } = walkRollback(index, among);
  const skips = among.filter(({ state }) => state === 'rolled_back').map(({ id }) => id);
  const unsure = among.filter(({ state }) => state === 'in_progress');
  const warnings = [
    ...(stop
      ? [`it will stop at ${stop.phase}: ${dependentsRefusal(stop.phase, stop.dependents).sentence}`]
      : said),
    ...unsure.map(
      ({ id }) => `${id} is in progress: if it is in fact still running, it is rolled back while it runs`,
    ),
  ];
  return leavesImpact({ cluster, facts, index, leaves, way: 'rollback' }, { skips, warnings });
}
