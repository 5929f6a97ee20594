import type { Cluster } from '../protocol/cluster.ts';
import { defineAction } from './define-action.ts';
import { gravityStep } from './gravity-step.ts';
import { noImpact } from './impact.ts';
import { NoArgsSchema } from './operands.ts';
import { someBinary } from './operation-guards.ts';
import type { ActionRow } from './row.ts';

const shell = defineAction({
  id: 'node.shell',
  confirmWords: 'yes',
  key: '!',
  label: 'Gravity shell',
  help: 'Open gravity shell on this node at this terminal; exit brings the console back.',
  gravity: 'gravity shell',
  scope: 'cluster',
  risk: 'change',
  confirm: () => 'yes',
  // It stands beside whatever runs, as a second window would.
  lane: 'read',
  args: NoArgsSchema,
  takes: {},
  expert: false,
  // Whoever looks around in a shell drives nothing.
  wheel: false,
  needs: [],
  effect: 'terminal',
  success: 'exit',
  steps: () => [gravityStep('shell', [])],
  blockedBy: someBinary,
  impact: (cluster) =>
    noImpact({
      ...here(cluster),
      warnings: ['it is root in the master container: what is typed there is neither judged nor recorded'],
      undo: 'nothing is undone: only its start and its end are known here',
    }),
  sample: { args: {} },
});

export const nodeActions: readonly ActionRow[] = [shell];

function here({ place }: Cluster): { about: string | null; runsOn: string | null } {
  return { about: place.node, runsOn: place.node };
}
