import type { Cluster } from '../../protocol/cluster.ts';
import { drivingBinary } from '../driving-binary.ts';
import { shellWord } from './shell-word.ts';

/** The gravity to name in a command that is copied: the one that drives, else whichever the shell finds. */
export function gravityPath(cluster: Cluster): string {
  return shellWord(drivingBinary(cluster).binary?.path ?? 'gravity');
}
