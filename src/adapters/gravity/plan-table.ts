import { type Problem, problem } from '../../protocol/problem.ts';
import { isAroundOutput, isExcerptLine } from './around-output.ts';
import { hasLostBlanks, isPartOfHeader, type PlanColumns, planColumns } from './plan-header.ts';
import { beginsLikeRow, type PlanRow, readPlanRow } from './plan-row.ts';

/** The table in a text: what stands above it, its rows, and its footer with the error of the first failed phase. */
export type PlanTable = { above: string[]; rows: PlanRow[]; footer: PlanFooter | null };
export type PlanFooter = { id: string; error: string };

/**
 * Finds the table of phases in the lines of a text and reads its rows. Lines around it, as prompts, are none of it. What
 * a terminal or a page did to its columns is told from what was cut off.
 */
export function findPlanTable(lines: readonly string[]): PlanTable | Problem {
  const at = lines.findIndex(
    (line) => planColumns(line) !== null || hasLostBlanks(line) || isPartOfHeader(line),
  );
  const header = lines[at] ?? '';
  const columns = planColumns(header);
  if (at < 0) return problem('answer.wrong-shape', 'the plan has no table with the columns Phase and State');
  if (columns !== null) return tableOf(lines, at, columns);
  if (hasLostBlanks(header)) {
    return problem(
      'saved.blanks-lost',
      'the table of the plan has lost its blanks: its columns run together',
    );
  }
  return partOfHeader(lines.slice(at));
}

/** A table whose first line is not whole: wrapped when the next line goes on with it, else cut at its right edge. */
function partOfHeader([first = '', second = '', third = '']: readonly string[]): Problem {
  const joined = [first + second, first + second + third];
  if (joined.some((line) => planColumns(line) !== null)) return wrapped();
  if (second.trim() === '')
    return problem('answer.truncated', 'the plan is cut off in the head of its table');
  return problem(
    'saved.wrapped',
    'the lines of the plan are cut at their right edge: the terminal was too narrow',
  );
}

function wrapped(): Problem {
  return problem(
    'saved.wrapped',
    'the lines of the plan are wrapped: a terminal narrower than its table did it',
  );
}

function tableOf(lines: readonly string[], at: number, columns: PlanColumns): PlanTable | Problem {
  const rows: PlanRow[] = [];
  for (let index = at + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const footer = footerAt(lines, index);
    if (footer !== null) return 'code' in footer ? footer : { above: lines.slice(0, at), rows, footer };
    if (isExcerptLine(line)) {
      return problem(
        'saved.excerpt',
        `the plan is an excerpt: a line ${line.trim()} stands for rows left out`,
      );
    }
    const row = readPlanRow(line, columns);
    if (row !== null) rows.push(row);
    else if (beginsLikeRow(line)) return notARow(lines, index, columns);
    else if (index === lines.length - 1 && isCutLine(line)) return cutRow(line);
  }
  return { above: lines.slice(0, at), rows, footer: null };
}

/** A line that begins as a row and is none: the next lines complete it where it was wrapped; the last one is cut off. */
function notARow(lines: readonly string[], index: number, columns: PlanColumns): Problem {
  const [line = '', second = '', third = ''] = lines.slice(index, index + 3);
  const joined = [line + second, line + second + third];
  if (joined.some((each) => readPlanRow(each, columns) !== null)) return wrapped();
  if (!lines.slice(index + 1).some(beginsLikeRow)) return cutRow(line);
  return problem(
    'answer.wrong-shape',
    `a line of the plan is not a row of its table: ${line.trim().slice(0, 80)}`,
  );
}

function cutRow(line: string): Problem {
  return problem('answer.truncated', `the plan is cut off in its last row: ${line.trim().slice(0, 80)}`);
}

/** A last line without its newline that may be the beginning of a row or of the footer, and no prompt. */
function isCutLine(line: string): boolean {
  return line !== '' && /^(?: *|T(?:h(?:e(?: .*)?)?)?)$/.test(line);
}

const failed = /^The (\/\S+) phase \("(?:.*)"\) has failed$/;

/**
 * The footer names the first failed phase; its error follows, indented in its first line. Without an error gravity
 * prints no newline after the footer (recordings/plans/*.txt; 5.2 to 9.0 alike).
 */
function footerAt(lines: readonly string[], index: number): PlanFooter | Problem | null {
  const id = failed.exec(lines[index] ?? '')?.[1];
  if (id === undefined) return null;
  const rest = lines.slice(index + 1);
  const end = rest.findIndex((line) => line.trim() === '' || isAroundOutput(line));
  const error = (end < 0 ? rest : rest.slice(0, end)).map((line) => line.trim()).join('\n');
  if (end >= 0 || error === '') return { id, error };
  return problem('saved.last-line', `the error of ${id} may be cut off in its last line`);
}
