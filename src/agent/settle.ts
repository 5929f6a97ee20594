import { type Problem, problem, type Remark } from '../protocol/problem.ts';
import type { SourceState } from '../protocol/source.ts';
import type { Outcome } from './attempt.ts';

/** The state of a source after an attempt: what failed leaves what was good, and says since when. */
export function settle(before: SourceState, outcome: Outcome, seen: string): SourceState {
  const { source, lastGood } = before;
  if (!outcome.ok)
    return {
      source,
      state: 'failing',
      at: seen,
      lastGood,
      failures: before.failures + 1,
      problem: outcome.problem,
      remarks: [],
    };
  const remarks = [...outcome.remarks];
  const good = new Date(Date.parse(seen) - (outcome.ageMs ?? 0)).toISOString();
  return {
    source,
    state: remarks.length === 0 ? 'good' : 'doubtful',
    at: seen,
    lastGood: remarks.some((remark) => withoutData.has(remark)) ? lastGood : later(lastGood, good),
    failures: 0,
    problem: outcome.via?.because ?? doubtOf(remarks),
    remarks,
    ...(outcome.via ? { via: outcome.via.node } : {}),
  };
}

/** The same data served again seconds later is rounded otherwise: a time never moves back. */
function later(before: string | null, after: string): string {
  return before !== null && Date.parse(before) > Date.parse(after) ? before : after;
}

/** Whether two states say different things; a newer time alone does not. */
export function saysOtherwise(before: SourceState, after: SourceState): boolean {
  return (
    before.state !== after.state ||
    before.via !== after.via ||
    before.problem?.code !== after.problem?.code ||
    before.problem?.sentence !== after.problem?.sentence ||
    before.remarks.join() !== after.remarks.join()
  );
}

/** Answers that make nothing newer: the data shown is as old as before. */
const withoutData: ReadonlySet<Remark> = new Set(['just-started', 'stale', 'partial']);

function doubtOf(remarks: readonly Remark[]): Problem | null {
  if (remarks.includes('just-started'))
    return problem('health.just-started', 'the health endpoint has just started and knows nothing yet');
  if (remarks.includes('stale'))
    return problem('health.stale', 'the health endpoint serves an old collection over and over');
  return null;
}
