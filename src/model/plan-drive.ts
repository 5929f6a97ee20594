import type { Cluster } from '../protocol/cluster.ts';
import type { Run } from '../protocol/run.ts';
import { goesBack } from './goes-back.ts';
import type { ShownState } from './shown-states.ts';

/**
 * How the plan is being driven: `onward` to its end, through a `part` of it after which somebody must go on, `back`, or
 * by `nobody` that is seen.
 */
export type PlanDrive = 'onward' | 'part' | 'back' | 'nobody';

/**
 * As the runs, the autopilot and the leaves tell it at `now` (epoch ms). A leaf that somebody else runs is taken for part
 * of the whole: a foreign `gravity upgrade` or resume cannot be told from a single phase.
 */
export function planDrive(cluster: Cluster, states: ReadonlyMap<string, ShownState>, now: number): PlanDrive {
  if (goesBack(cluster)) return 'back';
  const words = cluster.runs.map(drivingWords).find((found) => found !== null);
  if (cluster.autopilot?.state === 'armed') return 'onward';
  if (words) return words.includes('resume') ? 'onward' : 'part';
  const leaves = cluster.plan?.phases.filter(({ leaf }) => leaf) ?? [];
  if (leaves.some(({ id }) => states.get(id) === 'running')) return 'onward';
  if (leaves.some(({ state }) => state === 'failed')) return 'nobody';
  const goesOn = leaves.some(({ id, state }) => state === 'completed' && hasJustChanged(cluster, id, now));
  return goesOn ? 'onward' : 'nobody';
}

/** The command of the step a running run is at, where it drives the plan. */
function drivingWords(run: Run): readonly string[] | null {
  if (run.state !== 'running' || run.lane !== 'cluster') return null;
  const words = run.steps[run.step]?.argv.filter((word) => !word.startsWith('-')) ?? [];
  return words.some((word) => ['execute', 'resume'].includes(word)) ? words : null;
}

/** Between two leaves nothing is in progress for a moment; a leaf that a run of ours ended is no sign of anybody else. */
const betweenLeaves = 15_000;

function hasJustChanged({ passages }: Cluster, id: string, now: number): boolean {
  const passage = passages[id];
  if (passage === undefined || typeof passage.by === 'string') return false;
  return now - Date.parse(passage.changed) < betweenLeaves;
}
