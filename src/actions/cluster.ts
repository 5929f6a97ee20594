import { defineAction } from './define-action.ts';
import { gravityStep } from './gravity-step.ts';
import { noImpact } from './impact.ts';
import { NoArgsSchema } from './operands.ts';
import { someBinary } from './operation-guards.ts';
import type { ActionRow } from './row.ts';

const resetStatus = defineAction({
  id: 'cluster.status-reset',
  confirmWords: 'the cluster is typed',
  key: null,
  label: 'Reset the cluster’s state',
  help: 'Write “active” into the cluster’s record, whatever operation is on: the last resort for an abandoned one.',
  gravity: 'gravity status-reset',
  scope: 'cluster',
  risk: 'destroy',
  confirm: () => 'type(cluster)',
  lane: 'cluster',
  args: NoArgsSchema,
  takes: {},
  expert: true,
  wheel: true,
  needs: [],
  effect: 'run',
  success: 'exit',
  steps: () => [gravityStep('status-reset', ['--confirm'])],
  blockedBy: someBinary,
  impact: (cluster) => {
    const state = cluster.status?.state ?? 'unknown';
    const active = cluster.status?.activeOperations ?? [];
    return noImpact({
      warnings: [
        `the cluster’s state goes from ${state} to active; no operation is touched`,
        ...active.map((each) => `${each.type} ${each.id} is ${each.state} and stays so`),
      ],
      irreversible: ['the state before is not kept'],
    });
  },
  sample: { args: {} },
});

export const clusterActions: readonly ActionRow[] = [resetStatus];
