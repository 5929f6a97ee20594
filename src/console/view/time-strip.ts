import { nodeEvents } from '../../model/node-events.ts';
import { nodeStrip, type Stretch } from '../../model/node-strip.ts';
import type { Row } from '../../theme/cell.ts';
import { clip, column, width } from '../cells.ts';
import { clockTime, epoch } from '../format/instant.ts';
import { leavesUnder, type PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';
import { nodesOf } from '../shown-nodes.ts';
import type { Ui } from '../ui.ts';
import { cell, fill, glyph } from './line.ts';
import { needsAttention } from './node-lines.ts';
import { stripRow } from './strip.ts';

const nameWidth = 14;
const hour = 3_600_000;

/** Time from left to right: the plan's groups above, under them the nodes that matter most; exactly `height` lines. */
export function timeStripRows(scene: Scene, ui: Ui, height: number): Row[] {
  if (height === 0) return [];
  const cells = Math.max(8, scene.size.columns - nameWidth - 2);
  const stretch = { ...spanOf(scene), cells };
  return fill(
    [axisRow(scene, ui, stretch), planRow(scene, stretch), ...nodeRows(scene, stretch, height - 2)],
    height,
  );
}

/** From when the plan was first seen to move, at least the last hour; without that the last day. */
function spanOf({ cluster, now }: Scene): { from: number; to: number } {
  const seen = Object.values(cluster.passages).flatMap(({ began, changed }) => epoch(began ?? changed) ?? []);
  const first = seen.reduce((least, at) => Math.min(least, at), now);
  return { from: seen.length === 0 ? now - 24 * hour : Math.min(first, now - hour), to: now };
}

function axisRow(scene: Scene, ui: Ui, { from, to, cells }: Stretch): Row {
  const at = (ms: number) => clockTime(new Date(ms).toISOString(), ui.time, scene.now);
  const [begin, middle, end] = [at(from), at((from + to) / 2), at(to)];
  const room = Math.max(0, Math.floor(cells / 2) - width(begin));
  const rest = cells - Math.max(room, 0) - width(begin) - width(middle);
  const text =
    rest > width(end) ? `${begin}${' '.repeat(room)}${middle}${end.padStart(rest)}` : column(begin, cells);
  return [cell(' '.repeat(nameWidth + 1)), cell(text, 'faint')];
}

/** The plan's first level on the axis, as far as the agent saw it run. */
function planRow(scene: Scene, { from, to, cells }: Stretch): Row {
  const row = [cell(` ${column('plan', nameWidth)}`, 'faint')];
  const cellOf = (at: number) =>
    Math.max(0, Math.min(cells - 1, Math.floor(((at - from) / (to - from)) * cells)));
  let used = 0;
  for (const { name, began, ended } of groupsSeen(scene)) {
    const start = Math.max(used, cellOf(began));
    const length = Math.min(cells - start, Math.max(1, cellOf(ended) - start));
    if (length <= 0) continue;
    const label = clip(`${glyph('begin', scene.look)}${name}`, length, '');
    const text = label + glyph('rule', scene.look).repeat(Math.max(0, length - width(label)));
    row.push(cell(' '.repeat(start - used)), { ...cell(text), word: `${name},` });
    used = start + length;
  }
  return row;
}

type Seen = { name: string; began: number; ended: number };

function groupsSeen(scene: Scene): Seen[] {
  return scene.tree.roots
    .flatMap((root) => seenOf(root, scene) ?? [])
    .sort((one, other) => one.began - other.began);
}

function seenOf(root: PlanNode, { cluster, now }: Scene): Seen | null {
  const passages = leavesUnder(root).flatMap((leaf) => cluster.passages[leaf.phase.id] ?? []);
  const begins = passages.flatMap(({ began, changed }) => epoch(began ?? changed) ?? []);
  if (begins.length === 0) return null;
  const ends = passages.map(({ began, ended, changed }) =>
    began !== null && ended === null ? now : (epoch(ended ?? changed) ?? now),
  );
  return { name: root.phase.id.replace(/^\//, ''), began: Math.min(...begins), ended: Math.max(...ends) };
}

/** Those that need attention first, then those to which something happened last. */
function nodeRows(scene: Scene, stretch: Stretch, most: number): Row[] {
  const events = nodeEvents(scene.cluster);
  const lastOf = (name: string) => events.get(name)?.at(-1)?.at ?? '';
  return nodesOf(scene)
    .sort(
      (one, other) =>
        Number(needsAttention(other)) - Number(needsAttention(one)) ||
        (lastOf(other.name) > lastOf(one.name) ? 1 : lastOf(other.name) < lastOf(one.name) ? -1 : 0),
    )
    .slice(0, most)
    .map((node): Row => {
      const state = node.vanished ? 'offline' : node.state;
      const strip = nodeStrip({ events: events.get(node.name) ?? [], state }, stretch);
      return [
        cell(` ${column(node.name, nameWidth - 1, glyph('more', scene.look))} `),
        ...stripRow(strip, scene.look),
      ];
    });
}
