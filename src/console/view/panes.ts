import type { Row } from '../../theme/cell.ts';
import type { Panes } from '../layout.ts';
import type { Look } from '../scene.ts';
import { cell, fill, fitRow, glyph } from './line.ts';

/**
 * A list with the details of its selection beside or below it, `height` rows. Which one has the focus is told by a word
 * and by the weight of the wall, so that no colour is needed.
 */
export function withDetail(
  list: readonly Row[],
  detail: readonly Row[],
  at: { panes: Panes; height: number; look: Look; focused: boolean; name?: string },
): Row[] {
  const { panes, height, look, focused } = at;
  const shown = focused ? named(detail, at.name ?? 'details') : detail;
  if (panes.below > 0) {
    const rule = [cell(glyph('rule', look).repeat(panes.list), focused ? 'key' : ('faint' as const))];
    const above = fill(list, height - panes.below);
    return [
      ...above,
      rule,
      ...fill(
        shown.map((row) => [cell(' '), ...row]),
        panes.below - 1,
      ),
    ];
  }
  const wall = cell(`${glyph('wall', look)} `, focused ? 'key' : 'faint');
  return fill(list, height).map((row, index) => [
    ...fitRow(row, panes.list, look),
    wall,
    ...(shown[index] ?? []),
  ]);
}

/** Text that has the focus says so in its first line. */
export function named([first = [], ...rows]: readonly Row[], name: string): Row[] {
  return [[cell(`[${name}]`, 'chosen'), cell(' '), ...first], ...rows];
}
