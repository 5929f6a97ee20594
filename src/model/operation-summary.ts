import type { Cluster } from '../protocol/cluster.ts';
import { meantOperation } from './active-operation.ts';
import { countLeaves } from './counts.ts';
import { nextLeaf } from './next-leaf.ts';
import { knownPlan } from './observed-plan.ts';
import { operationName } from './operation-name.ts';

/** The operation in one line: what it is, how far it is, and the leaf that matters now; `no operation` without one. */
export function operationSummary(cluster: Cluster): string {
  const operation = meantOperation(cluster);
  if (operation === null) return 'no operation';
  const id = operation.id === null ? '' : ` ${operation.id.slice(0, 8)}`;
  const name = `${operationName(operation.type)}${id}`;
  const plan = knownPlan(cluster);
  if (plan === null) return `${name}, ${operation.state ?? 'state unknown'}, plan unknown`;
  const { phases } = plan;
  const { completed, leaves } = countLeaves(phases);
  const failed = phases.find((phase) => phase.leaf && phase.state === 'failed');
  const current = phases.find((phase) => phase.leaf && phase.state === 'in_progress');
  return `${name}, ${completed}/${leaves} leaves, ${whereItStands(cluster, { failed, current })}`;
}

type Leaf = { id: string } | undefined;

function whereItStands(cluster: Cluster, { failed, current }: { failed: Leaf; current: Leaf }): string {
  if (current) return `in progress ${current.id}`;
  if (failed) return `failed ${failed.id}`;
  const next = cluster.plan && nextLeaf(cluster.plan);
  return next ? `next ${next.id}` : 'every leaf completed';
}
