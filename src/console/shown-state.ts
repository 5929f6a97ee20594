import { phaseKind } from '../model/phase-kinds.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { MarkName } from '../theme/marks.ts';
import { epoch } from './format/instant.ts';
import { leavesUnder, type PlanNode } from './plan-tree.ts';

/**
 * The state as the screen says it (design 4): running means a live run or a transition within the usual time; an
 * in-progress leaf nobody is seen running is `unseen`; a group partly done and idle is `partly`.
 */
export function shownState(node: PlanNode, cluster: Cluster, now: number): MarkName {
  const { state, leaf } = node.phase;
  if (state !== 'in_progress') return state;
  if (leaf) return isMoving(node, cluster, now) ? 'running' : 'unseen';
  const active = leavesUnder(node).filter((one) => one.phase.state === 'in_progress');
  if (active.some((one) => isMoving(one, cluster, now))) return 'running';
  return active.length > 0 ? 'unseen' : 'partly';
}

function isMoving(leaf: PlanNode, cluster: Cluster, now: number): boolean {
  if (cluster.runs.some((run) => run.state === 'running' && run.lane === 'cluster')) return true;
  const changed = epoch(cluster.passages[leaf.phase.id]?.changed ?? leaf.phase.updated);
  return changed !== null && now - changed < phaseKind(leaf.phase.kind).p90 * 1000;
}
