import type { MarkName } from '../theme/marks.ts';
import type { PlanNode } from './plan-tree.ts';
import type { Scene } from './scene.ts';

/** The state of a phase as the screen says it (design 4). */
export function shownState(node: PlanNode, scene: Pick<Scene, 'states'>): MarkName {
  return scene.states.get(node.phase.id) ?? 'unknown';
}
