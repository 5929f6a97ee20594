import { walkExecution } from '../model/execution-walk.ts';
import { indexPlan, leavesOf } from '../model/phase-tree.ts';
import { reachOf } from '../model/reach.ts';
import { unmetRequirements } from '../model/requirements.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import { defineAction } from './define-action.ts';
import { agentStep, planStep } from './gravity-step.ts';
import { inOrder } from './guard.ts';
import { leavesImpact, noImpact } from './impact.ts';
import { NoteArgsSchema, PhaseArgsSchema, SetArgsSchema } from './operands.ts';
import { drives, planIsThere } from './operation-guards.ts';
import { checkPhase } from './phase-check.ts';
import { canExecute, canForce, canNote, canSet, stopRefusal } from './phase-guards.ts';
import { phaseRollback } from './rollback.ts';
import type { ActionRow, Facts } from './row.ts';
import { setByHand, steppedByHand } from './type-guards.ts';

const common = {
  key: null,
  scope: 'phase',
  lane: 'cluster',
  takes: { phase: 'phase' },
  expert: false,
  wheel: true,
  effect: 'run',
  success: 'exit',
  args: PhaseArgsSchema,
} as const;

const executePhase = defineAction<{ phase: string }>({
  ...common,
  id: 'phase.execute',
  confirmWords: 'yes',
  label: 'Execute',
  help: 'Execute a leaf, or a group leaf by leaf in plan order; completed leaves are skipped.',
  gravity: 'gravity plan execute --phase=PHASE',
  risk: 'change',
  confirm: () => 'yes',
  needs: ['agents', 'pods'],
  steps: (args, cluster) => [
    planStep(cluster, 'plan execute', { options: [`--phase=${args.phase}`], phase: args.phase }),
  ],
  blockedBy: inOrder(steppedByHand, drives, canExecute),
  impact: (cluster, args, facts) => executionImpact(cluster, args.phase, facts),
  goesOn: ({ args }) => args,
  sample: { args: { phase: '/init' } },
});

const forcePhase = defineAction<{ phase: string }>({
  ...common,
  id: 'phase.force',
  confirmWords: 'the node is typed',
  label: 'Force',
  help: 'Execute one leaf with --force: its requirements are not looked at, and it runs even if in progress or completed.',
  gravity: 'gravity plan execute --phase=PHASE --force',
  risk: 'destroy',
  confirm: () => 'type(node)',
  needs: ['agents', 'pods'],
  steps: (args, cluster) => [
    planStep(cluster, 'plan execute', {
      options: [`--phase=${args.phase}`, '--force'],
      phase: args.phase,
    }),
  ],
  blockedBy: inOrder(steppedByHand, drives, canForce),
  impact: (cluster, args, facts) => {
    if (cluster.plan === null) return noImpact();
    const index = indexPlan(cluster.plan);
    const touched = { cluster, facts, index, leaves: [args.phase], way: 'execute' } as const;
    const state = index.byId.get(args.phase)?.state;
    const twice = 'it is in progress: if it is in fact still running, two copies will run at once';
    return leavesImpact(touched, {
      skips: unmetRequirements(index, args.phase),
      warnings: state === 'in_progress' ? [twice] : [],
    });
  },
  sample: { args: { phase: '/init/master-1' } },
});

const notePhase = defineAction<{ phase: string; text: string }>({
  ...common,
  id: 'phase.note',
  confirmWords: 'nothing is asked',
  key: 'm',
  label: 'Note',
  help: 'Write something down about a phase, for whoever reads the journal; the cluster is not told.',
  gravity: null,
  risk: 'change',
  confirm: () => 'none',
  lane: 'read',
  args: NoteArgsSchema,
  wheel: false,
  needs: [],
  effect: 'agent',
  steps: ({ phase, text }) => [agentStep('phase', 'note', phase, text)],
  blockedBy: inOrder(planIsThere, canNote),
  impact: (cluster, { phase }) =>
    noImpact({ about: nodeOf(cluster, phase), undo: 'it stays: write another' }),
  sample: { args: { phase: '/init/master-1', text: 'waited for the storage people' } },
});

const setPhase = defineAction<{ phase: string; state: string }>({
  ...common,
  id: 'phase.set',
  confirmWords: 'the node is typed',
  label: 'Set state',
  help: 'Write a leaf’s state into the record without running anything: a repair tool.',
  gravity: 'gravity plan set --phase=PHASE --state=STATE',
  risk: 'destroy',
  confirm: () => 'type(node)',
  args: SetArgsSchema,
  expert: true,
  needs: [],
  steps: (args, cluster) => [
    planStep(cluster, 'plan set', {
      options: [`--phase=${args.phase}`, `--state=${args.state}`],
      phase: args.phase,
    }),
  ],
  blockedBy: inOrder(setByHand, drives, canSet),
  impact: (cluster, args) => {
    const phase = cluster.plan?.phases.find((each) => each.id === args.phase);
    return noImpact({
      about: phase?.node ?? null,
      leaves: [args.phase],
      warnings: [`the record will say ${args.state}, whatever the node is really like; nothing is run`],
      undo: `set it back to ${phase?.state ?? 'what it was'}`,
    });
  },
  sample: { args: { phase: '/init/master-1', state: 'completed' } },
});

export const phaseActions: readonly ActionRow[] = [
  executePhase,
  forcePhase,
  phaseRollback,
  notePhase,
  setPhase,
  checkPhase,
];

/** What executing a leaf or a group would run, and a warning where it is known to stop on the way. */
export function executionImpact(cluster: Cluster, phaseId: string, facts: Facts): Impact {
  const index = cluster.plan && indexPlan(cluster.plan);
  const phase = index?.byId.get(phaseId);
  if (!index || !phase) return noImpact();
  const how = { ...reachOf(cluster, facts.agents), resume: false };
  const { leaves, stop } = walkExecution(index, [phase], how);
  const skips = leavesOf(index, phaseId).filter((leaf) => leaf.state === 'completed');
  const warnings = stop
    ? [`it will stop at ${stop.phase}: ${stopRefusal({ cluster, index, facts }, stop).sentence}`]
    : [];
  return leavesImpact(
    { cluster, facts, index, leaves, way: 'execute' },
    { skips: phase.leaf ? [] : skips.map((leaf) => leaf.id), warnings },
  );
}

function nodeOf(cluster: Cluster, phase: string): string | null {
  return cluster.plan?.phases.find(({ id }) => id === phase)?.node ?? null;
}
