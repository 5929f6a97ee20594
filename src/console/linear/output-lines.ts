import { isFinal } from '../../protocol/run.ts';
import type { Scene } from '../scene.ts';

/** How far an output has been said: of which run, and how many of its lines. */
export type SaidOutput = { run: string | null; lines: number };

/**
 * The lines of the shown run's output not said before. The newest one of a run that goes on waits for the one after it,
 * because it may not be whole.
 */
export function outputLines(scene: Scene, said: SaidOutput): { lines: string[]; said: SaidOutput } {
  const { run, lines, skipped } = scene.output;
  if (run === null) return { lines: [], said };
  const known = said.run === run ? said.lines : 0;
  const ended = scene.cluster.runs.some((one) => one.id === run && isFinal(one.state));
  const whole = skipped + lines.length - (ended ? 0 : 1);
  if (whole <= known) return { lines: [], said: { run, lines: known } };
  const dropped = skipped > known ? [`(${skipped - known} lines left out; the agent keeps them)`] : [];
  const fresh = lines.slice(Math.max(0, known - skipped), whole - skipped);
  return { lines: [...dropped, ...fresh], said: { run, lines: whole } };
}
