import { isFinal, type Run } from '../../protocol/run.ts';
import { named } from '../run-name.ts';
import type { Scene } from '../scene.ts';
import { whoIs } from '../who-is.ts';

/** Every run that was queued, began, went on to its next step, or ended, the oldest first. */
export function runChanges(before: Scene, after: Scene): string[] {
  if (before.cluster.runs === after.cluster.runs) return [];
  const known = new Map(before.cluster.runs.map((run) => [run.id, run]));
  return after.cluster.runs.toReversed().flatMap((run) => runLine(known.get(run.id), run));
}

function runLine(was: Run | undefined, is: Run): string[] {
  const name = `run ${named(is)}`;
  if (was?.state !== is.state) {
    if (!isFinal(is.state)) return [`${name} ${is.state}, by ${whoIs(is.by)}`];
    return [`${name} ${is.state}${is.sentence === null ? '' : `: ${is.sentence}`}`];
  }
  if (was.step === is.step || is.steps.length < 2) return [];
  const step = is.steps[is.step];
  return [`${name}, step ${is.step + 1} of ${is.steps.length}: ${step?.argv.join(' ') ?? ''}`];
}
