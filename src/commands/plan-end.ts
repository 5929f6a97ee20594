import { endWords } from '../console/end-words.ts';
import { planTree } from '../console/plan-tree.ts';
import { timingOf } from '../model/estimate/timing.ts';
import { knownPlan } from '../model/observed-plan.ts';
import { shownStates } from '../model/shown-states.ts';
import type { Live } from './twin-row.ts';

/** When the operation will be done, or what is left of it, as the console says it; null where there is nothing to say. */
export function planEnd({ cluster, now }: Pick<Live, 'cluster' | 'now'>): string | null {
  const scene = {
    cluster,
    now,
    tree: planTree(knownPlan(cluster)),
    states: shownStates(cluster, now),
    timing: timingOf(cluster, now),
    look: { ascii: false, colour: false },
  };
  return endWords(scene, 'utc', true)?.long ?? null;
}
