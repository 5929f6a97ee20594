import type { Phase } from '../../protocol/phase.ts';

/** Of several leaves the one to ask about: in progress before failed before the next in plan order; null where all are completed. */
export function leafThatMatters(leaves: readonly Phase[]): Phase | null {
  const first = (state: Phase['state']) => leaves.find((leaf) => leaf.state === state);
  return first('in_progress') ?? first('failed') ?? leaves.find(({ state }) => state !== 'completed') ?? null;
}
