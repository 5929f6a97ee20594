import { operationToComplete } from '../model/active-operation.ts';
import { countLeaves } from '../model/counts.ts';
import { operationName } from '../model/operation-name.ts';
import { operationType } from '../model/operation-type.ts';
import { type SystemSoftware, systemSoftware } from '../model/system-software.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import type { Plan } from '../protocol/plan.ts';
import { noImpact } from './impact.ts';
import { standingWarnings } from './impact-warnings.ts';

/**
 * What closing the operation would leave behind. Gravity asks nothing and closes it whatever its state: completed when
 * every leaf is, else failed, and the cluster active in either case (commands.md 3.3).
 */
export function completionImpact(cluster: Cluster): Impact {
  const operation = operationToComplete(cluster);
  const name = operationName(operation?.type ?? null);
  const plan = operation !== null && operation.id === cluster.plan?.operation.id ? cluster.plan : null;
  const half = plan !== null && leavesLeft(plan) > 0;
  const left = plan === null ? [withoutPlan(operation?.type ?? null)] : unfinished(plan, name);
  return noImpact({
    warnings: [...left, ...standingWarnings(cluster)],
    irreversible: ['the cluster’s state is set active; nothing asks again'],
    undo: half ? 'a failed operation can still be resumed or rolled back' : null,
  });
}

/** An update that came to no plan only gives the cluster back; anything else has failed (engine.md 5). */
function withoutPlan(type: string | null): string {
  const { name, withoutPlan } = operationType(type);
  const what = withoutPlan === 'fails' ? 'this marks it FAILED' : 'its state stays as it is';
  return `the ${name} has no plan here: ${what}`;
}

function leavesLeft(plan: Plan): number {
  const counts = countLeaves(plan.phases);
  return counts.leaves - counts.completed;
}

function unfinished(plan: Plan, name: string): string[] {
  const left = leavesLeft(plan);
  if (left === 0) return [];
  const { leaves } = countLeaves(plan.phases);
  const software = systemSoftware(plan);
  const how = onTwoVersions(software) ? 'with nodes on two versions' : 'half done as it is';
  return [
    `${left} of ${leaves} leaves are not completed: this marks the ${name} FAILED and reactivates the cluster ${how}`,
    ...whoHasWhat(software),
  ];
}

/** A node whose upgrade was begun is on neither version for sure, so beside any other node it counts as different. */
function onTwoVersions(software: SystemSoftware): boolean {
  return Object.values(software).filter((nodes) => nodes.length > 0).length > 1;
}

/** Nothing where all nodes are alike and known. */
function whoHasWhat({ upgraded, before, between }: SystemSoftware): string[] {
  if (between.length === 0 && (upgraded.length === 0 || before.length === 0)) return [];
  const named = (what: string, nodes: readonly string[]) =>
    nodes.length === 0 ? [] : [`${what}: ${nodes.join(', ')}`];
  return [
    ...named('new system software', upgraded),
    ...named('system software of before', before),
    ...named('one or the other, their upgrade was begun and not completed', between),
  ];
}
