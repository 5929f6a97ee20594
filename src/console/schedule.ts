import { planDrive } from '../model/plan-drive.ts';
import type { PlanNode } from './plan-tree.ts';
import type { Scene } from './scene.ts';

/** When each leaf that is not completed is expected to run, epoch ms by id. */
export type Schedule = ReadonlyMap<string, { from: number; to: number }>;

/**
 * The leaves one after the other from now on, what is in progress first, stretched so that together they end where the
 * operation is expected to. Empty where no end can be said, and while it is rolled back.
 */
export function schedule({ cluster, tree, timing, states, now }: Scene): Schedule {
  if (timing.end === null || planDrive(cluster, states, now) === 'back') return new Map();
  const open = tree.leaves.filter(({ phase }) => phase.state !== 'completed');
  const inOrder = [...open.filter(isActive), ...open.filter((leaf) => !isActive(leaf))];
  const whole = inOrder.reduce((sum, { phase }) => sum + (timing.left(phase.id) ?? 0), 0);
  const scale = whole > 0 ? timing.end.mid / whole : 0;
  let from = now;
  return new Map(
    inOrder.map(({ phase }) => {
      const span = { from, to: from + (timing.left(phase.id) ?? 0) * scale };
      from = span.to;
      return [phase.id, span] as const;
    }),
  );
}

function isActive({ phase }: PlanNode): boolean {
  return phase.state === 'in_progress';
}
