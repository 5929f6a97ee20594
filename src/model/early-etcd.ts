import type { Phase } from '../protocol/phase.ts';
import { ancestorsOf, type PlanIndex } from './phase-tree.ts';

/**
 * What of the plan is not done yet where an execution begins with etcd's own upgrade: gravity gives that group no
 * requirements on purpose and takes it at any time, even on a fresh plan, and in every hop of a multi-hop one
 * (engine-observed 2). Empty where all before it, in its hop, is done or runs first. `leaves` are in the order they run.
 */
export function leftBeforeEtcd(index: PlanIndex, leaves: readonly Phase[]): string[] {
  const running = new Set<string>();
  for (const leaf of leaves) {
    const etcd = etcdGroupOf(index, leaf);
    const left = etcd === null ? [] : unfinishedBefore(index, etcd, running);
    if (left.length > 0) return left;
    running.add(leaf.id);
  }
  return [];
}

function etcdGroupOf(index: PlanIndex, leaf: Phase): Phase | null {
  return ancestorsOf(index, leaf.id).find(({ id, leaf: isLeaf }) => !isLeaf && id.endsWith('/etcd')) ?? null;
}

/** The groups and leaves beside etcd's, before it in the plan, that have leaves neither completed nor run before. */
function unfinishedBefore(index: PlanIndex, etcd: Phase, running: ReadonlySet<string>): string[] {
  const { phases } = index.plan;
  const before = phases.slice(0, phases.indexOf(etcd)).filter(({ parent }) => parent === etcd.parent);
  return before
    .filter(({ id }) =>
      phases.some(
        (each) =>
          each.leaf &&
          each.state !== 'completed' &&
          !running.has(each.id) &&
          (each.id === id || each.id.startsWith(`${id}/`)),
      ),
    )
    .map(({ id }) => id);
}
