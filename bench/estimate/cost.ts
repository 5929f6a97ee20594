import { durationSamples } from '../../src/model/duration-samples.ts';
import { timingOf } from '../../src/model/estimate/timing.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { flyUpgrade, freshPlan } from './upgrade.ts';
import { watchUpgrade } from './watch-upgrade.ts';

/** What an estimate costs, ms of CPU of this process: the middle of so many. */
const rounds = 101;
const earlierSamples = 4000;

/**
 * An upgrade of 63 nodes half done, with as many earlier samples as are ever kept: what is worked out each second while
 * nothing changed, and after a leaf changed.
 */
export async function estimateCost(pauseMs: number): Promise<{ second: number; change: number }> {
  const upgrade = await flyUpgrade(freshPlan({ masters: 3, workers: 60 }), 1);
  const half = Math.round((upgrade.began + upgrade.ended) / 2);
  const instants = [half, half + 600_000, upgrade.ended + pauseMs];
  const watched = [...watchUpgrade(upgrade, { instants, pauseMs, seed: 1 })];
  const [before, later, done] = watched.map(({ cluster }) => cluster);
  if (before === undefined || later === undefined || done === undefined)
    throw new Error('nothing was watched');
  const samples = durationSamples(done);
  const earlier = Array.from({ length: earlierSamples }, (_none, at) => samples[at % samples.length]).flatMap(
    (sample) => (sample === undefined ? [] : [{ ...sample, operation: 'earlier' }]),
  );
  const first = timingOf({ ...before, earlier }, half);
  const changed: Cluster = { ...later, earlier };
  const next = timingOf(changed, half + 600_000, first);
  return {
    change: median(() => timingOf(changed, half + 600_000, first)),
    second: median(() => timingOf(changed, half + 601_000, next)),
  };
}

function median(work: () => void): number {
  const costs = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return costs.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
}
