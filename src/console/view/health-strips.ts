import { nodeEvents } from '../../model/node-events.ts';
import { nodeStrip, type Stretch, stripLevels } from '../../model/node-strip.ts';
import type { Row } from '../../theme/cell.ts';
import { levels } from '../../theme/levels.ts';
import { column } from '../cells.ts';
import { badness } from '../node-items.ts';
import { nodeTold } from '../node-told.ts';
import type { Scene } from '../scene.ts';
import { nodesOf, type ShownNode } from '../shown-nodes.ts';
import { cell, glyph, rowWidth } from './line.ts';
import { stripRow } from './strip.ts';

/**
 * How the nodes were over a stretch of time, a line each: those with unexpected trouble first, then those a leaf in
 * progress is about, then those to which something happened last. Trouble a leaf was bound to cause is told apart. What is still to come is left empty.
 */
export function healthStrips(
  scene: Scene,
  { stretch, nameWidth, most }: { stretch: Stretch; nameWidth: number; most: number },
): Row[] {
  const { cluster } = scene;
  const events = nodeEvents(cluster);
  const past = untilNow(stretch, scene.now);
  const isNow = stretch.to >= scene.now;
  return inOrder(scene, (name) => events.get(name)?.at(-1)?.at ?? '')
    .slice(0, most)
    .map((node): Row => {
      const now = nodeTold(node, events.get(node.name) ?? [], scene);
      const told = isNow ? now : { ...now, state: 'unknown' as const, isExpected: false };
      return [
        cell(` ${column(node.name, nameWidth - 2, glyph('more', scene.look))} `),
        ...stripRow(nodeStrip(told, past), scene.look),
      ];
    });
}

/** What the cells of a strip mean, the worst first, as much of it as fits whole into `room`. */
export function stripLegend({ look }: Scene, room: number): Row {
  const entries = stripLevels.toReversed().map((level): Row => {
    const { mark, ascii, word, role } = levels[level];
    return [cell(look.ascii ? ascii : mark, role), cell(` ${word}  `, 'faint')];
  });
  let used = 0;
  return entries.flatMap((entry) => {
    used += rowWidth(entry);
    return used - 2 <= room ? entry : [];
  });
}

/** The part of a stretch that is over, in cells of the same size; its last one may reach past now. */
function untilNow(stretch: Stretch, now: number): Stretch {
  const { from, to, cells } = stretch;
  if (to <= now) return stretch;
  const over = Math.max(1, Math.floor(((now - from) / (to - from)) * cells) + 1);
  return { from, to: from + (over * (to - from)) / cells, cells: over };
}

/** In the order that counts: trouble, then where a leaf is in progress, then the latest event. */
function inOrder(scene: Scene, lastOf: (name: string) => string): ShownNode[] {
  const busy = scene.tree.active.flatMap(({ phase }) => [phase.node, phase.runsOn]);
  const rank = (node: ShownNode) => badness(node) || (busy.includes(node.name) ? 0.5 : 0);
  return nodesOf(scene).sort(
    (one, other) =>
      rank(other) - rank(one) ||
      (lastOf(other.name) > lastOf(one.name) ? 1 : lastOf(other.name) < lastOf(one.name) ? -1 : 0),
  );
}
