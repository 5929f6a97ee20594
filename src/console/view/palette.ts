import type { Row } from '../../theme/cell.ts';
import { column } from '../cells.ts';
import { bodyHeight } from '../layout.ts';
import { paletteEntries } from '../palette-entries.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { cell, clipRow, fill, glyph } from './line.ts';

/** What answers to the words typed so far, best first. */
export function paletteRows(scene: Scene, palette: { query: string; selected: number }): Row[] {
  const entries = paletteEntries(palette.query);
  const body = bodyHeight(scene.size);
  const height = body - 2;
  const top = scrollTop({ count: entries.length, index: palette.selected, top: 0, height });
  const rows = entries.slice(top, top + height).map((entry, row): Row => {
    const chosen = top + row === palette.selected;
    const id = entry.meaning.kind === 'action' ? entry.meaning.action : '';
    return [
      cell(chosen ? glyph('cursor', scene.look) : ' ', 'cursor'),
      cell(` ${column(entry.name, 26)}`, chosen ? 'strong' : undefined),
      cell(` ${column(id, 26)}`, 'faint'),
      cell(` ${entry.help}`, 'faint'),
    ];
  });
  const empty: Row[] = entries.length === 0 ? [[cell('  nothing answers to that', 'faint')]] : [];
  const head: Row[] = [[cell(' :', 'key'), cell(palette.query), cell('_', 'cursor')], []];
  return fill(
    [...head, ...rows, ...empty].map((row) => clipRow(row, scene.size.columns, scene.look)),
    body,
  );
}
