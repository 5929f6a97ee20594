import type { PhaseState } from './phase.ts';

/** A group's state by gravity's own rule, from its children's states (engine-observed 1, `GetState`). */
export function groupState(children: readonly PhaseState[]): PhaseState {
  const [first] = children;
  if (first === undefined) return 'unstarted';
  if (children.every((state) => state === first)) return first;
  if (children.includes('failed')) return 'failed';
  if (children.includes('in_progress')) return 'in_progress';
  if (!children.includes('completed') && children.includes('rolled_back')) return 'rolled_back';
  return 'in_progress';
}
