import { timingOf } from '../../src/model/estimate/timing.ts';
import { same } from '../../src/model/same.ts';
import type { Phase } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { countLeaves } from './count-leaves.ts';
import { readingOf, type Upgrade } from './upgrade.ts';
import { watchUpgrade } from './watch-upgrade.ts';

/** The shares of the true time of an upgrade at which it is asked how long it still takes. */
export const checkpoints = [0.25, 0.5, 0.75] as const;

/**
 * One answer beside the truth: the error of the estimate and that of counting leaves (both in proportion to what was
 * really left), whether the true end lay in the spread, and how wide that was (of the whole upgrade).
 */
export type Verdict = {
  checkpoint: (typeof checkpoints)[number];
  error: number;
  counting: number;
  inside: boolean;
  width: number;
};

export function judgeUpgrade(
  upgrade: Upgrade,
  { seed, pauseMs }: { seed: number; pauseMs: number },
): Verdict[] {
  const { began, ended, document } = upgrade;
  const instants = checkpoints.map((share) => Math.round(began + share * (ended - began)));
  const verdicts: Verdict[] = [];
  for (const { now, cluster, seen } of watchUpgrade(upgrade, { instants, pauseMs, seed })) {
    if (!same(leavesOf(cluster.plan), leavesOf(readingOf(document, seen))))
      throw new Error(`seed ${seed}: what was folded is not what the adapter reads`);
    const { end, why } = timingOf(cluster, now);
    const checkpoint = checkpoints[verdicts.length];
    if (end === null || checkpoint === undefined) throw new Error(`seed ${seed}: no end (${why})`);
    const actual = ended - now;
    verdicts.push({
      checkpoint,
      error: Math.abs(end.mid - actual) / actual,
      counting: Math.abs(countLeaves(cluster, now - began) - actual) / actual,
      inside: end.low <= actual && actual <= end.high,
      width: (end.high - end.low) / (ended - began),
    });
  }
  return verdicts;
}

function leavesOf(plan: Plan | null): Phase[] {
  return plan?.phases.filter(({ leaf }) => leaf) ?? [];
}
