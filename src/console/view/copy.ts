import type { Row } from '../../theme/cell.ts';
import { column } from '../cells.ts';
import { copyItems } from '../copy-items.ts';
import { bodyHeight } from '../layout.ts';
import type { Scene } from '../scene.ts';
import type { Overlay, Ui } from '../ui.ts';
import { cell, clipRow, fill, glyph } from './line.ts';

/** What can be copied of what is selected: each by name, with its beginning and how long it is. */
export function copyRows(scene: Scene, ui: Ui, at: { selected: number; beneath: Overlay }): Row[] {
  const { selected, beneath } = at;
  const rows = copyItems(scene, { ...ui, overlay: beneath }).map(({ name, text }, index): Row => {
    const lines = text.split('\n');
    const more = lines.length > 1 ? `   ${lines.length} lines` : '';
    return [
      cell(index === selected ? glyph('cursor', scene.look) : ' ', 'cursor'),
      cell(column(name, 16), index === selected ? 'strong' : undefined),
      cell(`${column(lines[0] ?? '', Math.max(8, scene.size.columns - 32), glyph('more', scene.look))}`),
      cell(more, 'faint'),
    ];
  });
  const head: Row[] = [[cell(' Copy', 'title'), cell('   y again, or Enter', 'faint')], []];
  return fill(
    [...head, ...rows].map((row) => clipRow(row, scene.size.columns, scene.look)),
    bodyHeight(scene.size),
  );
}
