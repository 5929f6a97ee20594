import { epoch } from './format/instant.ts';
import { leavesUnder, type PlanNode } from './plan-tree.ts';
import type { Scene } from './scene.ts';

/**
 * When a phase began (an instant), or where nobody saw that, when it last changed; how long it took or has taken so far
 * (ms); null where nobody saw it. `attempts` is null of a group: the sum over its leaves tells nothing.
 */
export type ShownPassage = {
  began: string | null;
  changed: string | null;
  took: number | null;
  attempts: number | null;
};

/**
 * What the agent saw of a leaf; of a group from the first leaf begun to the last ended. Gravity keeps one timestamp,
 * so a leaf that was over before the agent came has a time but no length, and neither has its group; of one in progress
 * that timestamp is when it began. One that began and ended between two readings was short: its group begins with its end.
 */
export function passageOf(node: PlanNode, scene: Scene): ShownPassage {
  const leaves = leavesUnder(node);
  const seen = leaves.flatMap((leaf) => scene.cluster.passages[leaf.phase.id] ?? []);
  const begins = leaves.flatMap((leaf) => beganAt(leaf, scene) ?? shortEnd(leaf, scene) ?? []).sort();
  const began = begins[0] ?? null;
  const attempts = node.phase.leaf ? (seen[0]?.attempts ?? 0) : null;
  const changed = lastUpdate(leaves);
  const isShort = node.phase.leaf && beganAt(node, scene) === null;
  if (began === null || isShort) return { began: isShort ? null : began, changed, took: null, attempts };
  if (leaves.some((leaf) => isUnseen(leaf, scene))) return { began, changed, took: null, attempts };
  const running = leaves.some((leaf) => leaf.phase.state === 'in_progress');
  const ends = seen.flatMap((passage) => (passage.ended === null ? [] : [passage.ended])).sort();
  const end = running ? scene.now : epoch(ends.at(-1) ?? null);
  const start = epoch(began);
  return { began, changed, took: start === null || end === null ? null : Math.max(0, end - start), attempts };
}

/** A leaf that ran without being seen to begin: how long its group took cannot be told. */
function isUnseen(leaf: PlanNode, scene: Scene): boolean {
  const isOver = leaf.phase.state !== 'unstarted' && beganAt(leaf, scene) === null;
  return isOver && shortEnd(leaf, scene) === null;
}

/** The end of a leaf that was watched and yet not seen to begin, null of every other. */
function shortEnd({ phase }: PlanNode, { cluster }: Scene): string | null {
  const { began = null, ended = null, by } = cluster.passages[phase.id] ?? {};
  return began === null && by !== undefined ? ended : null;
}

/** When a leaf began (an instant), null where nobody saw it. */
export function beganAt({ phase }: PlanNode, { cluster }: Pick<Scene, 'cluster'>): string | null {
  const began = cluster.passages[phase.id]?.began ?? null;
  return began ?? (phase.state === 'in_progress' ? phase.updated : null);
}

function lastUpdate(leaves: readonly PlanNode[]): string | null {
  const updates = leaves.flatMap((leaf) => (leaf.phase.updated === null ? [] : [leaf.phase.updated]));
  return updates.sort().at(-1) ?? null;
}
