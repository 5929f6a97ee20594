import type { Cluster } from './cluster.ts';

/** Operations whose phases have the steps of the installer's progress bar, of which there are ten (operations.md 6, 7). */
const STEPPED = new Set(['operation_install', 'operation_expand']);
const PERCENT_PER_STEP = 10;

/** Lets an installation or a join say how far it is: the others say nothing until their end (data.md 3.1). */
export function followProgress({ world }: Cluster): void {
  if (!STEPPED.has(world.operation.type)) return;
  world.watchers.add(({ description, step }, moment) => {
    if (moment !== 'began') return;
    const completion = Math.min(99, step * PERCENT_PER_STEP);
    world.operation.progress = { message: description ?? '', completion, created: world.clock.now() };
  });
}
