import { checksOf, type OfferedCheck } from '../model/runbook/checks-of.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import { defineAction } from './define-action.ts';
import { type Guard, inOrder, refuse } from './guard.ts';
import { noImpact } from './impact.ts';
import { CheckArgsSchema } from './operands.ts';
import { planIsThere, someBinary } from './operation-guards.ts';

type CheckArgs = { phase: string; check: string };

/** One of the commands of the runbook that only read, about a phase: nobody is asked, and nobody needs to drive. */
export const checkPhase = defineAction<CheckArgs>({
  id: 'phase.check',
  confirmWords: 'nothing is asked',
  key: null,
  label: 'Check',
  help: 'Run one of the read-only checks that the runbook names for this kind of phase.',
  // Each check has a command of its own.
  gravity: null,
  scope: 'phase',
  risk: 'read',
  confirm: () => 'none',
  lane: 'read',
  args: CheckArgsSchema,
  takes: { phase: 'phase' },
  expert: false,
  // Which check is chosen in the runbook, where each has its digit.
  menu: false,
  wheel: false,
  needs: [],
  effect: 'run',
  success: 'exit',
  steps: (args, cluster) => {
    const argv = found(cluster, args).check?.argv ?? null;
    return argv === null ? [] : [{ program: 'gravity', argv: [...argv], phase: args.phase }];
  },
  blockedBy: inOrder<CheckArgs>(someBinary, planIsThere, belongs),
  impact: (cluster, args) => {
    const { phase, check } = found(cluster, args);
    return noImpact({
      about: phase?.node ?? null,
      runsOn: cluster.place.node,
      warnings: check?.mind ? [check.mind] : [],
      undo: 'nothing is changed',
    });
  },
  sample: { args: { phase: '/init/master-1', check: 'nodes' } },
});

type Found = { phase: Phase | null; checks: readonly OfferedCheck[]; check: OfferedCheck | null };

function found(cluster: Cluster, args: CheckArgs): Found {
  const phase = cluster.plan?.phases.find((each) => each.id === args.phase && each.leaf) ?? null;
  const checks = phase === null ? [] : checksOf(cluster, phase);
  return { phase, checks, check: checks.find(({ id }) => id === args.check) ?? null };
}

function belongs(...[cluster, args]: Parameters<Guard<CheckArgs>>): ReturnType<Guard<CheckArgs>> {
  const { phase, checks, check } = found(cluster, args);
  if (phase === null)
    return refuse(
      `there is no leaf "${args.phase}" in the plan`,
      'give the id of a leaf exactly as the plan shows it, from the first slash on',
    );
  if (check === null)
    return refuse(
      `the runbook has no check "${args.check}" for ${phase.id}`,
      `its checks are ${checks.map(({ id }) => id).join(', ')}`,
    );
  if (check.refusal === null) return null;
  return refuse(`the check "${args.check}" cannot be made: ${check.refusal}`, 'choose another check');
}
