import type { PhaseDocument } from './plan-document.ts';
import { runsOn, type World } from './world.ts';

/**
 * Replaces in a text what a plan names: `@drain_node:2` is the id of the second leaf of that executor in plan order,
 * `@drain_node:2.node` the node it is about, `@master:2` and `@worker:1` nodes by their role. Null where a plan has
 * nothing of the kind.
 */
export function namedInPlan(world: World, text: string): string | null {
  let missing = false;
  const named = text.replace(/@([a-z_-]+):(\d+)(\.node)?/g, (_, what: string, nth: string, node?: string) => {
    const found =
      nodeNamed(world, what, Number(nth)) ?? leafNamed(world, what, Number(nth), node !== undefined);
    missing ||= found === undefined;
    return found ?? '';
  });
  return missing ? null : named;
}

function nodeNamed({ plan }: World, role: string, nth: number): string | undefined {
  if (role !== 'master' && role !== 'worker') return undefined;
  const lead = plan.lead_master?.hostname;
  const servers = plan.servers.filter(
    ({ cluster_role }) => (cluster_role === 'master') === (role === 'master'),
  );
  // The lead master is the first one, wherever the plan lists it.
  const first = servers.filter(({ hostname }) => hostname === lead);
  return [...first, ...servers.filter(({ hostname }) => hostname !== lead)][nth - 1]?.hostname;
}

function leafNamed({ tree }: World, executor: string, nth: number, node: boolean): string | undefined {
  const leaf = tree.leaves.filter((one) => one.executor === executor)[nth - 1];
  return leaf === undefined || !node ? leaf?.id : aboutNode(leaf);
}

function aboutNode(leaf: PhaseDocument): string | undefined {
  return leaf.data?.server?.hostname ?? runsOn(leaf)?.hostname;
}
