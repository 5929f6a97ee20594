import type { Cell, Row } from '../../theme/cell.ts';
import { type GlyphName, glyphs } from '../../theme/glyphs.ts';
import { type MarkName, marks } from '../../theme/marks.ts';
import type { Role } from '../../theme/roles.ts';
import { clip, width } from '../cells.ts';
import type { Look } from '../scene.ts';

/** A cell; without a role it is plain. */
export function cell(text: string, role?: Role): Cell {
  return role === undefined ? { text } : { text, role };
}

/** A state's mark, one cell wide, in this look. */
export function mark(name: MarkName, look: Look): Cell {
  const row = marks[name];
  return { ...cell(look.ascii ? row.ascii : row.mark, row.role), word: row.word };
}

/** A glyph in this look. */
export function glyph(name: GlyphName, look: Look): string {
  return glyphs[name][look.ascii ? 1 : 0];
}

export function rowWidth(row: Row): number {
  return row.reduce((sum, piece) => sum + width(piece.text), 0);
}

/** The row cut to `cells`, the cut shown. */
export function clipRow(row: Row, cells: number, look: Look): Row {
  const out: Cell[] = [];
  let left = cells;
  for (const piece of row) {
    if (left <= 0) break;
    const text = clip(piece.text, left, glyph('more', look));
    out.push({ ...piece, text });
    left -= width(text);
  }
  return out;
}

/** The row cut or padded to exactly `cells`. */
export function fitRow(row: Row, cells: number, look: Look): Row {
  const clipped = clipRow(row, cells, look);
  const missing = cells - rowWidth(clipped);
  return missing > 0 ? [...clipped, cell(' '.repeat(missing))] : clipped;
}

/** Two rows on one line, the second at the right edge; the first gives way. */
export function spread(left: Row, right: Row, cells: number, look: Look): Row {
  const room = cells - rowWidth(right);
  return [...fitRow(left, Math.max(0, room), look), ...clipRow(right, cells, look)];
}

/** Exactly `height` rows: cut, or filled with empty ones. */
export function fill(rows: readonly Row[], height: number): Row[] {
  return Array.from({ length: height }, (_, index) => rows[index] ?? []);
}

/** The same row with every cell that has no role of its own in this one. */
export function toned(row: Row, role: Role): Row {
  return row.map((piece) => (piece.role === undefined ? { ...piece, role } : piece));
}

/** The same row in plain reverse to the end of `cells`: marks and words tell its states, colors would tear it apart. */
export function reversed(row: Row, cells: number, look: Look): Row {
  return fitRow(row, cells, look).map(({ role, ...piece }) => ({
    ...piece,
    ...(role === 'bad' ? { role: 'strong' as const } : {}),
    reversed: true,
  }));
}
