import { timingOf } from '../../src/model/estimate/timing.ts';
import { same } from '../../src/model/same.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Phase } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Entry } from '../../src/simulator/changelog.ts';
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

type Reading = { seed: number; pauseMs: number };

/** What an agent that watched from the beginning says at each checkpoint. */
export function judgeUpgrade(upgrade: Upgrade, reading: Reading): Verdict[] {
  const instants = checkpoints.map((share) => instantOf(upgrade, share));
  const watched = [...watchUpgrade(upgrade, { ...reading, instants })];
  return checkpoints.flatMap((checkpoint, at) => {
    const then = watched[at];
    return then === undefined ? [] : verdictOf(upgrade, { ...then, checkpoint, ...reading });
  });
}

/** What an agent that comes half way says at once: of what ended before it has gravity's stamps alone. */
export function judgeLateComer(upgrade: Upgrade, reading: Reading): Verdict[] {
  const from = instantOf(upgrade, 0.5);
  const watched = [...watchUpgrade(upgrade, { ...reading, instants: [from + reading.pauseMs], from })];
  return watched.map((then) => verdictOf(upgrade, { ...then, checkpoint: 0.5, ...reading }));
}

function instantOf({ began, ended }: Upgrade, share: number): number {
  return Math.round(began + share * (ended - began));
}

type Asked = Pick<Verdict, 'checkpoint'> & {
  now: number;
  cluster: Cluster;
  seen: readonly Entry[];
  seed: number;
};

function verdictOf(
  { began, ended, document }: Upgrade,
  { checkpoint, now, cluster, seen, seed }: Asked,
): Verdict {
  if (!same(leavesOf(cluster.plan), leavesOf(readingOf(document, seen))))
    throw new Error(`seed ${seed}: what was folded is not what the adapter reads`);
  const { end, why } = timingOf(cluster, now);
  if (end === null) throw new Error(`seed ${seed}: no end (${why})`);
  const actual = ended - now;
  return {
    checkpoint,
    error: Math.abs(end.mid - actual) / actual,
    counting: Math.abs(countLeaves(cluster, now - began) - actual) / actual,
    inside: end.low <= actual && actual <= end.high,
    width: (end.high - end.low) / (ended - began),
  };
}

function leavesOf(plan: Plan | null): Phase[] {
  return plan?.phases.filter(({ leaf }) => leaf) ?? [];
}
