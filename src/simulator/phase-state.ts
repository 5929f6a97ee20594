import type { Entry } from './changelog.ts';
import { isGroup } from './phase-tree.ts';
import type { PhaseDocument, PhaseState } from './plan-document.ts';

/** What the newest entries say of each phase. */
export type States = ReadonlyMap<string, Entry>;

/** Gravity's own rule for the state of a phase (engine-observed 1); what is stored on a group counts for nothing. */
export function phaseState(phase: PhaseDocument, states: States): PhaseState {
  if (!isGroup(phase)) return states.get(phase.id)?.state ?? 'unstarted';
  const children = new Set((phase.phases ?? []).map((child) => phaseState(child, states)));
  const [first] = children;
  if (first !== undefined && children.size === 1) return first;
  if (children.has('failed')) return 'failed';
  if (children.has('in_progress')) return 'in_progress';
  if (!children.has('completed') && children.has('rolled_back')) return 'rolled_back';
  return 'in_progress';
}

/** When a phase or anything below it last changed, in milliseconds; null when never. */
export function phaseUpdated(phase: PhaseDocument, states: States): number | null {
  const own = isGroup(phase) ? null : (states.get(phase.id)?.created ?? null);
  const times = (phase.phases ?? []).map((child) => phaseUpdated(child, states));
  return [own, ...times].reduce(
    (newest, time) => (newest === null || (time ?? 0) > newest ? time : newest),
    null,
  );
}
