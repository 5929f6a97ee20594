import { cellOf, type Stretch } from '../../model/node-strip.ts';
import type { Row } from '../../theme/cell.ts';
import { clip, column, width } from '../cells.ts';
import { epoch } from '../format/instant.ts';
import { leavesUnder, type PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';
import { nodesOf } from '../shown-nodes.ts';
import type { Ui } from '../ui.ts';
import { healthStrips } from './health-strips.ts';
import { cell, glyph } from './line.ts';
import { axisCells } from './time-axis.ts';

const nameWidth = 14;
const hour = 3_600_000;

/**
 * Time from left to right: the plan's groups above, under them the nodes, those that matter most first; at most `height`
 * lines. Of more nodes than there are lines for it is said how many are shown.
 */
export function timeStripRows(scene: Scene, ui: Ui, height: number): Row[] {
  if (height === 0) return [];
  const cells = Math.max(8, scene.size.columns - nameWidth - 2);
  const stretch = { ...spanOf(scene), cells };
  const most = height - 2;
  const all = nodesOf(scene).length;
  const count = all > most ? ` nodes ${most} of ${all}` : '';
  return [
    [cell(column(count, nameWidth + 1), 'faint'), ...axisCells(scene, ui, stretch)],
    planRow(scene, stretch),
    ...healthStrips(scene, { stretch, nameWidth: nameWidth + 1, most }),
  ];
}

/** From when the plan was first seen to move, at least the last hour; without that the last day. */
function spanOf({ cluster, now }: Scene): { from: number; to: number } {
  const seen = Object.values(cluster.passages).flatMap(({ began, changed }) => epoch(began ?? changed) ?? []);
  const first = seen.reduce((least, at) => Math.min(least, at), now);
  return { from: seen.length === 0 ? now - 24 * hour : Math.min(first, now - hour), to: now };
}

/** The plan's first level on the axis, as far as the agent saw it run. */
function planRow(scene: Scene, stretch: Stretch): Row {
  const { cells } = stretch;
  const row = [cell(` ${column('plan', nameWidth)}`, 'faint')];
  const placeOf = (at: number) => Math.max(0, cellOf(stretch, at));
  let used = 0;
  for (const { name, began, ended } of groupsSeen(scene)) {
    const start = Math.max(used, placeOf(began));
    const length = Math.min(cells - start, Math.max(1, placeOf(ended) - start));
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
