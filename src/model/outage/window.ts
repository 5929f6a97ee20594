/**
 * A stretch of time in which a phase makes checks fail: these checkers on this one node, from when the phase began at the
 * earliest (epoch ms) until it ended, null while it is in progress. `silent`: the node may not answer at all. Nothing is
 * expected after `limit`, nor after a phase that `failed`. Narrow on purpose: a wrong "expected" hides a real failure.
 */
export type OutageWindow = {
  phase: string;
  node: string;
  checkers: readonly string[];
  silent: boolean;
  from: number;
  to: number | null;
  limit: number;
  failed: boolean;
};

/** Whether a window is about this node and this checker, or with `checker` null about the node as a whole. */
export function concerns(
  window: OutageWindow,
  { node, checker }: { node: string; checker: string | null },
): boolean {
  if (window.node !== node) return false;
  return checker === null ? window.silent : window.checkers.includes(checker);
}
