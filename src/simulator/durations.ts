import { chance } from './chance.ts';
import type { PhaseDocument } from './plan-document.ts';
import { USUAL_DURATIONS } from './usual-durations.ts';
import { runsOn } from './world.ts';

const UNKNOWN_MS = 20_000;

/** One phase in this many takes far longer than usual. */
const OUTLIERS = 40;

/**
 * Durations of one world: the usual one, bent by the node (some are slower throughout), by chance, and now and then far
 * out. The same seed gives the same durations, in whatever order they are asked for.
 */
export function durations(seed: number): (phase: PhaseDocument) => number {
  return (phase) => {
    const node = 0.85 + 0.4 * chance(`${seed}/${runsOn(phase)?.hostname ?? ''}`);
    const luck = 0.7 + 0.6 * chance(`${seed}${phase.id}`);
    const outlier = chance(`${seed}!${phase.id}`) < 1 / OUTLIERS ? 3 : 1;
    return Math.round(usual(phase) * node * luck * outlier);
  };
}

function usual({ id, executor }: PhaseDocument): number {
  return USUAL_DURATIONS[executor] ?? USUAL_DURATIONS[`/${id.split('/')[1] ?? ''}`] ?? UNKNOWN_MS;
}
