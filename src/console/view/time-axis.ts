import { cellOf, type Stretch } from '../../model/node-strip.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import { column } from '../cells.ts';
import type { Scene } from '../scene.ts';
import { ticks } from '../ticks.ts';
import type { Ui } from '../ui.ts';
import { cell, glyph } from './line.ts';

/** The round times of the stretch, each written from its own cell on, and a mark where now is, which they give way to. */
export function axisCells(scene: Scene, ui: Ui, stretch: Stretch): Row {
  const now = cellOf(stretch, scene.now);
  const here = `${glyph('here', scene.look)}now`;
  // At the right edge the word stands before its mark.
  const ends = now + here.length > stretch.cells;
  const word = ends ? `now${glyph('here', scene.look)}` : here;
  const from = ends ? now + 1 - word.length : now;
  const hasNow = stretch.to >= scene.now;
  const pieces: { from: number; piece: Cell }[] = ticks(stretch, ui.time, scene.now)
    .map(({ at, label }) => ({ from: cellOf(stretch, at), piece: cell(label, 'faint') }))
    .filter(({ from: start, piece: { text } }) => {
      const end = start + text.length;
      return end <= stretch.cells && (!hasNow || end < from || start > from + word.length);
    });
  if (hasNow) pieces.push({ from, piece: cell(word, 'busy') });
  return laidOut(
    pieces.sort((one, other) => one.from - other.from),
    stretch.cells,
  );
}

function laidOut(pieces: readonly { from: number; piece: Cell }[], cells: number): Row {
  const row: Cell[] = [];
  let used = 0;
  for (const { from, piece } of pieces) {
    if (from < used) continue;
    row.push(cell(' '.repeat(from - used)), piece);
    used = from + piece.text.length;
  }
  row.push(cell(column('', cells - used)));
  return row;
}
