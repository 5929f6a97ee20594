import type { Phase, PhaseState } from '../protocol/phase.ts';

/**
 * Whether a leaf whose state stayed ran again between two readings: it failed once more, or was begun once more.
 * Gravity writes neither state twice for one attempt, while the coordinator repeats a remote node's `completed`
 * (engine-observed 2, rule 9), so only these two tell. The operator must see a retry that failed between two looks.
 */
export function ranAgain(before: Phase, now: { state: PhaseState; at: string | null }): boolean {
  const telling = now.state === 'failed' || now.state === 'in_progress';
  return before.leaf && telling && now.at !== null && now.at !== before.updated;
}
