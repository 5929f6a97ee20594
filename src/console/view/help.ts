import type { Row } from '../../theme/cell.ts';
import { type GlyphName, glyphs } from '../../theme/glyphs.ts';
import { levels } from '../../theme/levels.ts';
import { marks } from '../../theme/marks.ts';
import { column, wrap } from '../cells.ts';
import { helpEntries } from '../help-entries.ts';
import { bodyHeight } from '../layout.ts';
import { runbookPhase } from '../runbook-phase.ts';
import type { Look, Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import type { Ui } from '../ui.ts';
import { cell, clipRow, fill } from './line.ts';
import { listHead, listRow } from './list.ts';

/** The keys of the screen beneath, from the tables they are looked up in, the marked one in a sentence, and what the marks mean. */
export function helpRows(scene: Scene, ui: Ui, selected: number): Row[] {
  const { look, size } = scene;
  const entries = helpEntries(ui.screen, runbookPhase(scene, ui));
  const body = bodyHeight(size);
  const said = wrap(entries[selected]?.help ?? '', size.columns - 2).slice(0, 2);
  const below: Row[] = [
    [],
    ...said.map((line): Row => [cell(` ${line}`)]),
    ...legendRows(look, size.columns),
  ];
  const height = Math.max(1, body - 2 - (body >= 14 ? below.length : 0));
  const top = scrollTop({ count: entries.length, index: selected, top: 0, height });
  const rows = entries
    .slice(top, top + height)
    .map((entry, row) =>
      listRow(
        [cell(column(entry.keys, 18), 'key'), cell(column(entry.where, 11), 'faint'), cell(entry.name)],
        { chosen: top + row === selected, focused: true, cells: size.columns, look },
      ),
    );
  const head = listHead(
    [cell(' Keys', 'title')],
    { top, height, count: entries.length },
    { cells: size.columns, look },
  );
  return fill(
    [head, [], ...fill(rows, height), ...below].map((row) => clipRow(row, size.columns, look)),
    body,
  );
}

/** What cannot be guessed, each mark as it is drawn in this look. */
function legendRows(look: Look, columns: number): Row[] {
  const sign = (pair: readonly [string, string] | { mark: string; ascii: string }) =>
    'mark' in pair ? (look.ascii ? pair.ascii : pair.mark) : pair[look.ascii ? 1 : 0];
  const drawn = (name: GlyphName) => sign(glyphs[name]);
  const words = [
    `${drawn('foreign')} started outside this agent`,
    `${drawn('note')} note`,
    `${sign(marks.paused)} breakpoint, or paused`,
    `${sign(marks.partly)} partly done, or degraded`,
    `${drawn('end')} estimated end`,
    `${drawn('spread')} range of the end`,
    `${sign(levels.expected)} expected outage`,
  ];
  return wrap(words.map((text) => text.replaceAll(' ', '\u00a0')).join('   '), columns - 2)
    .slice(0, 3)
    .map((line) => [cell(` ${line.replaceAll('\u00a0', ' ')}`, 'faint')]);
}
