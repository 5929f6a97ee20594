import type { Cluster } from '../../protocol/cluster.ts';
import { drivingBinary } from '../driving-binary.ts';

/** The gravity to name in a command that is copied: the one that drives, else whichever the shell finds. */
export function gravityPath(cluster: Cluster): string {
  const path = drivingBinary(cluster).binary?.path ?? 'gravity';
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
