import type { Row } from '../../theme/cell.ts';
import { column } from '../cells.ts';
import { helpEntries } from '../help-entries.ts';
import { bodyHeight } from '../layout.ts';
import { runbookPhase } from '../runbook-phase.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import type { Ui } from '../ui.ts';
import { cell, clipRow, fill, glyph } from './line.ts';

/** The keys of the screen beneath, from the tables they are looked up in; Enter does what the marked one does. */
export function helpRows(scene: Scene, ui: Ui, selected: number): Row[] {
  const entries = helpEntries(ui.screen, runbookPhase(scene, ui));
  const body = bodyHeight(scene.size);
  const height = body - 2;
  const top = scrollTop({ count: entries.length, index: selected, top: 0, height });
  const rows = entries.slice(top, top + height).map((entry, row): Row => {
    const chosen = top + row === selected;
    return [
      cell(chosen ? glyph('cursor', scene.look) : ' ', 'cursor'),
      cell(column(entry.keys, 18), 'key'),
      cell(column(entry.where, 11), 'faint'),
      cell(entry.label, chosen ? 'strong' : undefined),
    ];
  });
  const head: Row[] = [
    [cell(' Keys', 'title'), cell(`   ${selected + 1} of ${entries.length}`, 'faint')],
    [],
  ];
  return fill(
    [...head, ...rows].map((row) => clipRow(row, scene.size.columns, scene.look)),
    body,
  );
}
