import { humanized } from '../humanized.ts';
import { type Life, newLife } from '../life.ts';
import type { World } from '../world.ts';

/** One running `gravity` process: the node it was started on, where its lines go, and whether it still lives. */
export type Run = {
  world: World;
  node: string;
  life: Life;
  /** The life of the process the command was given to: its own, or where an agent began this one, the coordinator's. */
  given: Life;
  /** One line of standard output, without its newline. */
  say(line: string): void;
  /** Whether a step was announced: only then the closing line is printed (recordings/engine/03-agents.json). */
  announced: boolean;
  /** The step announced last, until the next one or the end of the work. */
  step: Life | null;
};

const HEARTBEAT_MS = 10_000;

export function newRun(world: World, node: string, life: Life, say: (line: string) => void): Run {
  return { world, node, life, given: life, say, announced: false, step: null };
}

/** A step line of the engine; said again every ten seconds until the next one (recordings/story/33). */
export function announce(run: Run, line: string): void {
  run.announced = true;
  run.say(line);
  endStep(run);
  run.step = newLife();
  void sayStill(run, line, run.step);
}

/** Nothing is being done any more. */
export function endStep(run: Run): void {
  run.step?.end();
  run.step = null;
}

async function sayStill({ world: { clock }, say, life }: Run, line: string, step: Life): Promise<void> {
  const what = line.replace(/^./, (first) => first.toLowerCase());
  for (let elapsed = HEARTBEAT_MS; ; elapsed += HEARTBEAT_MS) {
    await Promise.race([clock.watch(HEARTBEAT_MS), step.over, life.over]);
    if (step.ended() || life.ended()) return;
    say(`\tStill ${what} (${humanized(elapsed, 'elapsed')})`);
  }
}
