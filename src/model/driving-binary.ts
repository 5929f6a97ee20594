import type { Binary } from '../protocol/binary.ts';
import type { Cluster } from '../protocol/cluster.ts';

/**
 * The gravity that runs use: the one marked to drive, else the one that polls, else any that works. `fits` is false
 * only when its version is known and another than the plan names: an unread version is gravity's to refuse.
 */
export type DrivingBinary = { binary: Binary | null; fits: boolean };

export function drivingBinary(cluster: Cluster): DrivingBinary {
  const working = cluster.binaries.filter((each) => each.problem === null || each.drives);
  const binary =
    working.find((each) => each.drives) ?? working.find((each) => each.polls) ?? working[0] ?? null;
  const wanted = cluster.plan?.operation.gravityVersion ?? null;
  const fits = wanted === null || binary === null || binary.version === null || binary.version === wanted;
  return { binary, fits };
}
