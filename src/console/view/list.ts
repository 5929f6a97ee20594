import type { Row } from '../../theme/cell.ts';
import type { Look } from '../scene.ts';
import { cell, clipRow, glyph, reversed, rowWidth, spread, toned } from './line.ts';

/** Which part of a list is on the screen: `count` items in all, `height` lines from the item `top` on. */
export type Part = { top: number; height: number; count: number };

/** `12-31 of 33 ▼`: where a list that is cut stands, and in which direction there is more; nothing where all of it shows. */
export function positionCells({ top, height, count }: Part, look: Look): Row {
  if (count <= height) return [];
  const last = Math.min(count, top + height);
  const above = top > 0 ? glyph('above', look) : '';
  const below = last < count ? glyph('below', look) : '';
  return [cell(`  ${top + 1}-${last} of ${count} ${above}${below} `, 'strong')];
}

/** The head of a list of `cells` columns, with its position at the right edge where the list is cut. */
export function listHead(head: Row, part: Part, at: { cells: number; look: Look }): Row {
  const position = positionCells(part, at.look);
  return position.length === 0 ? clipRow(head, at.cells, at.look) : spread(head, position, at.cells, at.look);
}

/** The same above a list whose columns are named at its right: the position goes to the left edge. */
export function namedHead(head: Row, part: Part, at: { cells: number; look: Look }): Row {
  const position = positionCells(part, at.look);
  const [first, ...others] = head;
  const used = rowWidth(position);
  return first?.text.startsWith(' '.repeat(used))
    ? [...position, { ...first, text: first.text.slice(used) }, ...others]
    : head;
}

/** A row of a list: the selected one has the cursor before it, in reverse where the list has the focus, else bold. */
export function listRow(row: Row, at: { chosen: boolean; focused: boolean; cells: number; look: Look }): Row {
  const { chosen, focused, cells, look } = at;
  const line = [cell(chosen ? glyph('cursor', look) : ' ', 'cursor'), ...row];
  if (!chosen) return clipRow(line, cells, look);
  return focused ? reversed(line, cells, look) : clipRow(toned(line, 'strong'), cells, look);
}
