import { epoch } from './format/instant.ts';
import { beganAt } from './passage.ts';
import type { PlanNode } from './plan-tree.ts';
import type { Scene } from './scene.ts';

/** When a leaf ran, epoch ms; `from` null where only its end was seen: a time without a length. */
export type LeafSpan = { from: number | null; to: number };

/** As far as it was seen, or gravity's timestamp tells; null of a leaf that has not run. */
export function leafSpan(leaf: PlanNode, scene: Pick<Scene, 'cluster' | 'now'>): LeafSpan | null {
  const { id, state, updated } = leaf.phase;
  if (state === 'unstarted') return null;
  const passage = scene.cluster.passages[id];
  const from = epoch(beganAt(leaf, scene));
  if (state === 'in_progress') return from === null ? null : { from, to: Math.max(from, scene.now) };
  const to = epoch(passage?.ended ?? updated ?? passage?.changed ?? null);
  return to === null ? null : { from: passage?.ended == null ? null : from, to };
}
