import type { PhaseDocument } from '../plan-document.ts';

const MOST_STEPS = 10;

/** Steps of the old progress bar, spread over all phases, groups counted, in plan order. */
export function numbered(phases: readonly PhaseDocument[]): PhaseDocument[] {
  const count = (list: readonly PhaseDocument[]): number =>
    list.reduce((sum, phase) => sum + 1 + count(phase.phases ?? []), 0);
  const all = count(phases);
  let seen = 0;
  const number = (phase: PhaseDocument): PhaseDocument => {
    seen += 1;
    const step = Math.trunc((MOST_STEPS / all) * seen);
    const children = phase.phases?.map(number);
    return { ...phase, step, ...(children === undefined ? {} : { phases: children }) };
  };
  return phases.map(number);
}
