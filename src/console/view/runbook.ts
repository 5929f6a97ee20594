import { shellQuote } from '../../actions/shell-quote.ts';
import { type BookLine, bookParts } from '../../model/runbook/book-parts.ts';
import type { PhaseBook } from '../../model/runbook/phase-book.ts';
import type { Row } from '../../theme/cell.ts';
import { marks } from '../../theme/marks.ts';
import type { Role } from '../../theme/roles.ts';
import { column, wrap } from '../cells.ts';
import { duration } from '../format/duration.ts';
import { bodyHeight } from '../layout.ts';
import { openedBook } from '../opened-book.ts';
import { passageOf } from '../passage.ts';
import type { Scene } from '../scene.ts';
import { shownState } from '../shown-state.ts';
import { cell, clipRow, fill, mark } from './line.ts';

type Opened = { phase: string; top: number };

/**
 * The runbook of a phase: what it is and how it stands, the page, which scrolls, and below it the checks with their
 * digits, which stay in sight where there is room for them.
 */
export function runbookRows(scene: Scene, opened: Opened): Row[] {
  const body = bodyHeight(scene.size);
  const { head, text, foot, height } = pageOf(scene, opened);
  const top = Math.min(opened.top, Math.max(0, text.length - height));
  const below = text.length - top - height;
  const more: Row = below > 0 ? [cell(`   ${below} more lines: j`, 'faint')] : [];
  const shown = fill(text.slice(top, top + height), height);
  return fill(
    [...head, ...shown, more, ...foot].map((row) => clipRow(row, scene.size.columns, scene.look)),
    body,
  );
}

/** How far the page can be scrolled. */
export function runbookOverflow(scene: Scene, opened: Opened): number {
  const { text, height } = pageOf(scene, opened);
  return Math.max(0, text.length - height);
}

function pageOf(scene: Scene, { phase }: Opened): { head: Row[]; text: Row[]; foot: Row[]; height: number } {
  const book = openedBook(scene, phase);
  const body = bodyHeight(scene.size);
  if (book === null) {
    const gone = `The plan has no phase ${phase} any more.`;
    return { head: [[cell(` ${gone}`)]], text: [], foot: [], height: Math.max(1, body - 2) };
  }
  const head = headRows(scene, book);
  const foot = body >= 16 ? checkRows(scene, book) : [];
  return {
    head,
    text: textRows(scene, book),
    foot,
    height: Math.max(1, body - head.length - foot.length - 1),
  };
}

function headRows(scene: Scene, { page, kind, phase, time }: PhaseBook): Row[] {
  const node = scene.tree.byId.get(phase?.id ?? '');
  const title = [
    cell(` ${page?.title ?? kind}`, 'title'),
    cell(`   runbook of ${phase?.id ?? kind}`, 'faint'),
  ];
  if (node === undefined) return [title, []];
  const state = shownState(node, scene);
  const { took } = passageOf(node, scene);
  const usual = `   usually ${duration(time.p50)} to ${duration(time.p90)}`;
  return [
    title,
    [
      cell(' '),
      mark(state, scene.look),
      cell(` ${marks[state].word}${took === null ? '' : ` ${duration(took)}`}`, marks[state].role),
      cell(usual, 'faint'),
    ],
    [],
  ];
}

/** Wide lines are hard to follow half asleep. */
const widest = 100;

function textRows(scene: Scene, book: PhaseBook): Row[] {
  const width = Math.min(scene.size.columns, widest);
  const error = book.phase?.error ?? null;
  const parts = bookParts(book, (argv) => shellQuote([book.gravity, ...argv]));
  return [
    ...(error === null ? [] : [...lineRows({ name: 'error', text: error }, width, 'bad'), []]),
    ...parts.flatMap(({ heading, lines }, at): Row[] => [
      ...(at === 0 ? [] : [[]]),
      [cell(` ${heading}`, 'strong')],
      ...leading(lines).flatMap((line) => plainRows(line, width)),
      ...lines
        .slice(leading(lines).length)
        .flatMap((line) => lineRows(line, width, line.command ? 'key' : undefined)),
    ]),
  ];
}

/** What a part says before the first of its lines that has a name. */
function leading(lines: readonly BookLine[]): readonly BookLine[] {
  const first = lines.findIndex(({ name }) => name !== '');
  return first < 0 ? lines : lines.slice(0, first);
}

function plainRows({ text }: BookLine, width: number): Row[] {
  return wrap(text, width - 4).map((line): Row => [cell(`   ${line}`)]);
}

const nameWidth = 13;

function lineRows({ name, text }: BookLine, width: number, role?: Role): Row[] {
  return wrap(text, width - nameWidth - 1).map(
    (line, at): Row => [cell(column(`   ${at === 0 ? name : ''}`, nameWidth), 'faint'), cell(line, role)],
  );
}

/** Two beside each other: nine of them take no more than five lines. */
function checkRows(scene: Scene, { checks }: PhaseBook): Row[] {
  const half = Math.max(20, Math.floor((Math.min(scene.size.columns, widest) - 3) / 2));
  const one = (at: number): Row => {
    const check = checks[at];
    return check === undefined
      ? []
      : [
          cell(String(at + 1), 'key'),
          cell(column(` ${check.label}`, half - 1), check.argv ? undefined : 'faint'),
        ];
  };
  const lines = Math.ceil(checks.length / 2);
  return [
    [cell(' Checks', 'strong'), cell('   a digit runs one; it only reads', 'faint')],
    ...Array.from({ length: lines }, (_, at): Row => [cell('   '), ...one(at), ...one(at + lines)]),
  ];
}
