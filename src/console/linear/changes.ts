import type { Scene } from '../scene.ts';
import { autopilotChanges } from './autopilot-changes.ts';
import { clusterChanges } from './cluster-changes.ts';
import { historyChanges } from './history-changes.ts';
import { lateChanges } from './late-changes.ts';
import { linkChanges } from './link-changes.ts';
import { nodeChanges } from './node-changes.ts';
import { phaseChanges } from './phase-changes.ts';
import { runChanges } from './run-changes.ts';

/** What is worth a line between two scenes: all in words, one line each; when only time went by, what has become late. */
export function changes(before: Scene, after: Scene): string[] {
  if (before.cluster === after.cluster) return [...linkChanges(before, after), ...lateChanges(before, after)];
  return tellers.flatMap((tell) => tell(before, after)).map((line) => line.replaceAll('\n', ' '));
}

const tellers = [
  linkChanges,
  clusterChanges,
  phaseChanges,
  lateChanges,
  runChanges,
  autopilotChanges,
  nodeChanges,
  historyChanges,
];
