import { phaseLimit } from '../phase-kind.ts';
import type { PhaseBook } from './phase-book.ts';

/** One line of a part: what it is called, empty where it goes on or needs no name, and what it says, or a command. */
export type BookLine = { name: string; text: string; command?: true };

export type BookPart = { heading: string; lines: readonly BookLine[] };

/** The page as parts in its fixed order, for whoever shows it; `command` writes a check's words as a command line. */
export function bookParts(book: PhaseBook, command: (argv: readonly string[]) => string): BookPart[] {
  const { page } = book;
  if (page === null)
    return [
      part('What it does', [plain(`${book.row.does}. The page ${book.row.runbook} is missing.`)]),
      part('Checks', checkLines(book, command)),
    ];
  const { again, rollback, force, hand } = page.recovery;
  return [
    part('What it does', [plain(page.does)]),
    part('How long', [plain(page.time), plain(`${knownFrom(book)}${limitHolds(book)}`)]),
    part(
      'Typical failures',
      page.failures.flatMap(({ see, means, todo }) => [
        { name: 'see', text: see },
        { name: 'means', text: means },
        { name: 'do', text: todo },
      ]),
    ),
    part('Checks', [plain(page.checks), ...checkLines(book, command)]),
    part('Recovery', [
      { name: 'again', text: again },
      { name: 'roll back', text: rollback },
      { name: 'force', text: force },
      { name: 'by hand', text: hand },
    ]),
    part(
      'What not to do',
      page.never.map((text) => ({ name: '-', text })),
    ),
  ];
}

function part(heading: string, lines: readonly BookLine[]): BookPart {
  return { heading, lines };
}

function plain(text: string): BookLine {
  return { name: '', text };
}

function knownFrom({ time }: PhaseBook): string {
  const runs = `${time.seen} ${time.seen === 1 ? 'run' : 'runs'}`;
  if (time.from === 'siblings') return `These times are learned from ${runs} of this operation.`;
  if (time.from === 'earlier') return `These times are learned from ${runs} of earlier operations here.`;
  return 'These times are the usual ones of its kind: none has been seen here yet.';
}

/** The hour is the limit of one phase run by itself; a whole plan has none (engine.md 2). */
function limitHolds({ row }: PhaseBook): string {
  return row.limit === phaseLimit
    ? ' Gravity’s limit is that of a phase run by itself: a resume has none.'
    : '';
}

function checkLines({ checks }: PhaseBook, command: (argv: readonly string[]) => string): BookLine[] {
  return checks.flatMap(({ label, tells, argv, refusal, mind }, at) => [
    { name: String(at + 1), text: `${label}: ${tells}` },
    argv === null ? plain(refusal ?? '') : { name: '', text: command(argv), command: true },
    ...(mind === null ? [] : [plain(`mind: ${mind}`)]),
  ]);
}
