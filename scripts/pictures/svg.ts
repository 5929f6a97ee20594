import type { IBufferCell, Terminal } from '@xterm/headless';
import type { Palette } from './palette.ts';

const cell = { width: 8.4, height: 18, size: 14, base: 13.5, margin: 10 };

/**
 * What a terminal shows as a self-contained picture: one text per run of equal style, held to its columns. Viewers that
 * know no CSS keep the blanks by `xml:space`.
 */
export function svgOf(terminal: Terminal, palette: Palette): string {
  const width = number(terminal.cols * cell.width + 2 * cell.margin);
  const height = number(terminal.rows * cell.height + 2 * cell.margin);
  const lines = Array.from({ length: terminal.rows }, (_, row) => runsOf(terminal, row)).flatMap(
    (runs, row) => runs.map((run) => drawn(run, row, palette)),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style>text{font:${cell.size}px "DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre;fill:${palette.text}}.b{font-weight:bold}.d{opacity:.55}</style>
<rect width="100%" height="100%" rx="6" fill="${palette.ground}"/>
${lines.join('\n')}
</svg>
`;
}

type Style = { colour: number | null; bold: boolean; dim: boolean; inverse: boolean };
type Run = { column: number; cells: number; text: string; style: Style };

function runsOf(terminal: Terminal, row: number): Run[] {
  const { active } = terminal.buffer;
  const line = active.getLine(active.baseY + row);
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column += 1) {
    const here = line?.getCell(column);
    if (here === undefined || here.getWidth() === 0) continue;
    const style = styleOf(here);
    const last = runs.at(-1);
    if (last && same(last.style, style) && last.column + last.cells === column) {
      last.text += here.getChars() || ' ';
      last.cells += here.getWidth();
    } else runs.push({ column, cells: here.getWidth(), text: here.getChars() || ' ', style });
  }
  return runs.map(trimmed).filter((run) => run.text !== '');
}

function styleOf(here: IBufferCell): Style {
  return {
    colour: here.isFgPalette() ? here.getFgColor() : null,
    bold: here.isBold() !== 0,
    dim: here.isDim() !== 0,
    inverse: here.isInverse() !== 0,
  };
}

function same(one: Style, other: Style): boolean {
  return (
    one.colour === other.colour &&
    one.bold === other.bold &&
    one.dim === other.dim &&
    one.inverse === other.inverse
  );
}

/** Blanks at both ends show nothing, but where their ground does. */
function trimmed(run: Run): Run {
  if (run.style.inverse) return run;
  const start = run.text.length - run.text.trimStart().length;
  const text = run.text.trim();
  return { ...run, text, column: run.column + start, cells: run.cells - (run.text.length - text.length) };
}

function drawn({ column, cells, text, style }: Run, row: number, palette: Palette): string {
  const x = number(cell.margin + column * cell.width);
  const top = cell.margin + row * cell.height;
  const length = number(cells * cell.width);
  const colour = style.colour === null ? null : (palette.colours[style.colour % 8] ?? null);
  const ground = style.inverse
    ? `<rect x="${x}" y="${number(top)}" width="${length}" height="${cell.height}" fill="${colour ?? palette.text}"/>`
    : '';
  const fill = style.inverse ? palette.ground : colour;
  const classes = [style.bold ? 'b' : '', style.dim ? 'd' : ''].filter((name) => name !== '').join(' ');
  const look = `${classes === '' ? '' : ` class="${classes}"`}${fill === null ? '' : ` style="fill:${fill}"`}`;
  return `${ground}<text x="${x}" y="${number(top + cell.base)}" textLength="${length}"${look}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
