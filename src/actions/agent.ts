import type { Cluster } from '../protocol/cluster.ts';
import { defineAction } from './define-action.ts';
import { gravityStep } from './gravity-step.ts';
import { noImpact } from './impact.ts';
import { NoArgsSchema } from './operands.ts';
import { someBinary } from './operation-guards.ts';
import type { ActionRow } from './row.ts';

const common = {
  key: null,
  scope: 'cluster',
  takes: {},
  expert: false,
  wheel: true,
  needs: [],
  effect: 'run',
  success: 'exit',
  args: NoArgsSchema,
  blockedBy: someBinary,
  sample: { args: {} },
} as const;

const deploy = defineAction({
  ...common,
  id: 'agent.deploy',
  confirmWords: 'yes',
  label: 'Deploy update agents',
  help: 'Deploy gravity’s update agents on every node, over Teleport; it takes up to 5 minutes.',
  gravity: 'gravity agent deploy',
  risk: 'change',
  lane: 'cluster',
  confirm: () => 'yes',
  steps: () => [gravityStep('agent deploy', [])],
  impact: (cluster) =>
    noImpact({
      warnings: nodesWithoutAccess(cluster),
      undo: 'shut them down: agent.shutdown',
    }),
});

const shutdown = defineAction({
  ...common,
  id: 'agent.shutdown',
  confirmWords: 'yes',
  label: 'Shut update agents down',
  help: 'Ask every update agent to stop and remove its unit.',
  gravity: 'gravity agent shutdown',
  risk: 'change',
  lane: 'cluster',
  confirm: () => 'yes',
  steps: () => [gravityStep('agent shutdown', [])],
  impact: (cluster) =>
    noImpact({
      warnings: cluster.plan ? ['phases of other nodes cannot run from here without them'] : [],
      undo: 'deploy them again: agent.deploy',
    }),
});

const status = defineAction({
  ...common,
  id: 'agent.status',
  confirmWords: 'nothing is asked',
  label: 'Update agents',
  help: 'Show gravity’s update agents and their versions.',
  gravity: 'gravity agent status',
  risk: 'read',
  lane: 'read',
  confirm: () => 'none',
  steps: () => [gravityStep('agent status', [])],
  impact: () => noImpact(),
});

export const agentActions: readonly ActionRow[] = [deploy, shutdown, status];

/** Deploying goes over Teleport: it fails when a node has no remote access (commands.md 3.4). */
function nodesWithoutAccess(cluster: Cluster): string[] {
  const offline = cluster.status?.nodes?.filter((node) => node.access === 'offline') ?? [];
  return offline.map((node) => `${node.hostname} has no remote access: deploying fails there`);
}
