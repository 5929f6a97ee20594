import type { Life } from '../life.ts';
import type { World } from '../world.ts';

/** One running `gravity` process: the node it was started on, where its lines go, and whether it still lives. */
export type Run = {
  world: World;
  node: string;
  life: Life;
  /** One line of standard output, without its newline. */
  say(line: string): void;
  /** Whether a step was announced: only then the closing line is printed (recordings/engine/03-agents.json). */
  announced: boolean;
};

export function newRun(world: World, node: string, life: Life, say: (line: string) => void): Run {
  return { world, node, life, say, announced: false };
}

/** A step line of the engine. */
export function announce(run: Run, line: string): void {
  run.announced = true;
  run.say(line);
}
