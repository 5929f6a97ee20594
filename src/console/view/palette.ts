import type { Row } from '../../theme/cell.ts';
import { column } from '../cells.ts';
import { bodyHeight } from '../layout.ts';
import { paletteEntries } from '../palette-entries.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { cell, clipRow, fill, glyph } from './line.ts';
import { listHead, listRow } from './list.ts';

/** What answers to the words typed so far, best first. */
export function paletteRows(scene: Scene, palette: { query: string; selected: number }): Row[] {
  const entries = paletteEntries(palette.query, scene);
  const body = bodyHeight(scene.size);
  const height = body - 2;
  const more = glyph('more', scene.look);
  const at = { cells: scene.size.columns, look: scene.look };
  const top = scrollTop({ count: entries.length, index: palette.selected, top: 0, height });
  const rows = entries.slice(top, top + height).map((entry, row): Row => {
    const chosen = top + row === palette.selected;
    return listRow(
      [
        cell(` ${column(entry.name, 26, more)}`, entry.destroys ? 'bad' : undefined),
        cell(` ${column(entry.id, 26, more)}`, 'faint'),
        cell(` ${entry.help}`, 'faint'),
      ],
      { chosen, focused: true, ...at },
    );
  });
  const empty: Row[] = entries.length === 0 ? [[cell('  No match', 'faint')]] : [];
  const typed: Row = [cell(' :', 'key'), cell(palette.query), cell('_', 'cursor')];
  const head: Row[] = [listHead(typed, { top, height, count: entries.length }, at), []];
  return fill(
    [...head, ...rows, ...empty].map((row) => clipRow(row, scene.size.columns, scene.look)),
    body,
  );
}
