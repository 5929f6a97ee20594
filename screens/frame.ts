import { paint } from '../components/paint.ts';
import { asciiOnly } from '../src/console/ascii-only.ts';
import type { Scene } from '../src/console/scene.ts';
import type { Ui } from '../src/console/ui.ts';
import { cardRows } from '../src/console/view/card.ts';
import { copyRows } from '../src/console/view/copy.ts';
import { footerRow } from '../src/console/view/footer.ts';
import { formRows } from '../src/console/view/form.ts';
import { headerRows, silentMs } from '../src/console/view/header.ts';
import { helpRows } from '../src/console/view/help.ts';
import { cell, clipRow, fill, glyph } from '../src/console/view/line.ts';
import { menuRows } from '../src/console/view/menu.ts';
import { paletteRows } from '../src/console/view/palette.ts';
import { runbookRows } from '../src/console/view/runbook.ts';
import { whyRows } from '../src/console/view/why.ts';
import type { Cell, Row } from '../src/theme/cell.ts';
import { screens } from './table.ts';

/** The whole screen as painted lines, exactly as many as the terminal has rows. */
export function frameLines(scene: Scene, ui: Ui): string[] {
  const { ascii, colour } = scene.look;
  return frameRows(scene, ui).map((row) => paint(ascii ? row.map(inAscii) : row, colour));
}

/** The same as rows: header, a thin rule, the body, the footer. */
export function frameRows(scene: Scene, ui: Ui): Row[] {
  const { columns, rows } = scene.size;
  const rule: Row = [cell(glyph('rule', scene.look).repeat(columns), 'faint')];
  const all = [...headerRows(scene, ui), rule, ...agedRows(scene, bodyRows(scene, ui)), footerRow(scene, ui)];
  return fill(
    all.map((row) => clipRow(row, columns, scene.look)),
    rows,
  );
}

/** What is shown while the agent is not heard is old, whatever it says: all of it is faint. */
function agedRows({ connection, now }: Scene, rows: readonly Row[]): readonly Row[] {
  const isHeard = connection.state === 'connected' && now - connection.heard <= silentMs;
  return isHeard ? rows : rows.map((row) => row.map((piece): Cell => ({ ...piece, role: 'faint' })));
}

/** Names and sentences too: a terminal without UTF-8 gets not one byte of it. */
function inAscii(piece: Cell): Cell {
  return { ...piece, text: asciiOnly(piece.text) };
}

/** An overlay has the body to itself: a question never stands over something half hidden. */
function bodyRows(scene: Scene, ui: Ui): readonly Row[] {
  const { overlay } = ui;
  if (overlay === null || overlay.kind === 'search') return screens[ui.screen](scene, ui);
  if (overlay.kind === 'card') return cardRows(scene, overlay);
  if (overlay.kind === 'menu') return menuRows(scene, ui, overlay.selected);
  if (overlay.kind === 'help') return helpRows(scene, ui, overlay.selected);
  if (overlay.kind === 'runbook') return runbookRows(scene, overlay);
  if (overlay.kind === 'copy') return copyRows(scene, ui, overlay);
  if (overlay.kind === 'form') return formRows(scene, overlay);
  if (overlay.kind === 'why') return whyRows(scene, overlay);
  return paletteRows(scene, overlay);
}
