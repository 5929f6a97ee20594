import { clean } from '../../protocol/clean.ts';
import { groupState } from '../../protocol/group-state.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Reading, type Remark, read, unread } from '../../protocol/problem.ts';
import { assumedYear } from './assumed-year.ts';
import { demangle, isMangled } from './demangle.ts';
import { planBanner } from './plan-banner.ts';
import { type PlanRow, readPlanRow } from './plan-row.ts';

/**
 * The table of `gravity plan` in text and short (recordings/plans/*.txt, *.short), 7.0 and its forerunners. Ids are
 * rebuilt from the indentation. A table whose groups do not follow from their rows, or that ends without a newline, is
 * cut off. `now` (epoch ms) is for the missing year. Node is where a phase runs; the node it is about is not in the table.
 */
export function readPlanText(text: string, now: number): Reading<Plan> {
  const whole = clean(text);
  const lines = demangle(whole).split('\n');
  const header = lines.findIndex((line) => isHeader(line));
  const table = lines.slice(header + 1);
  const end = table.findIndex(isFooter);
  const rows = (end < 0 ? table : table.slice(0, end)).filter((line) => /[^\s-]/.test(line));
  if (header < 0)
    return unread('answer.wrong-shape', 'the plan has no table with the columns Phase and State');
  if (rows.length === 0) return unread('plan.no-phases', 'the plan has no phases');
  if (!whole.endsWith('\n'))
    return unread('answer.truncated', `the plan is cut off after ${text.length} characters`);
  const phases = phasesOf(rows, now);
  if (!phases.ok) return phases;
  if (end >= 0) addFailure(phases.value, table.slice(end));
  const remarks: Remark[] = isMangled(whole) ? ['year-assumed', 'text-mangled'] : ['year-assumed'];
  return read({ operation: planBanner(lines.slice(0, header)), servers: [], phases: phases.value }, remarks);
}

/** Whether a line is the head of gravity's table of phases. */
export function isHeader(line: string): boolean {
  return /^Phase +(Description +)?State +(Node +Requires +)?Updated *$/.test(line);
}

const footer = /^The (\/\S+) phase \("/;

function isFooter(line: string): boolean {
  return footer.test(line) && line.endsWith('") has failed');
}

function phasesOf(rows: readonly string[], now: number): Reading<Phase[]> {
  const phases: Phase[] = [];
  const path: Phase[] = [];
  for (const [index, line] of rows.entries()) {
    const row = readPlanRow(line);
    if (row === null) return notARow(line, index === rows.length - 1);
    if (row.depth > path.length)
      return unread('answer.wrong-shape', `the plan has a row below no phase: ${line.trim()}`);
    path.length = row.depth;
    const phase = toPhase(row, path.at(-1) ?? null, now);
    if (phases.some(({ id }) => id === phase.id)) {
      return unread('answer.wrong-shape', `phase ${phase.id} is in the plan twice`);
    }
    path.push(phase);
    phases.push(phase);
  }
  return checkGroups(phases);
}

function notARow(line: string, last: boolean): Reading<Phase[]> {
  if (last)
    return unread('answer.truncated', `the plan is cut off in its last row: ${line.trim().slice(0, 80)}`);
  return unread(
    'answer.wrong-shape',
    `a line of the plan is not a row of its table: ${line.trim().slice(0, 80)}`,
  );
}

function toPhase(row: PlanRow, parent: Phase | null, now: number): Phase {
  const id = `${parent?.id ?? ''}/${row.name}`;
  if (parent !== null) {
    parent.leaf = false;
    parent.kind = 'group';
  }
  return {
    id,
    parent: parent?.id ?? null,
    leaf: true,
    state: row.state,
    kind: id.split('/')[1] ?? row.name,
    description: row.description,
    node: null,
    runsOn: row.node,
    requires: row.requires,
    parallel: false,
    updated: assumedYear(row.updated, now),
    error: null,
  };
}

/** A table cut between two rows shows itself where a group's state no longer follows from the rows below it. */
function checkGroups(phases: Phase[]): Reading<Phase[]> {
  const below = Map.groupBy(phases, (phase) => phase.parent);
  for (const phase of phases) {
    const children = below.get(phase.id) ?? [];
    if (children.length > 0 && groupState(children.map(({ state }) => state)) !== phase.state) {
      return unread(
        'answer.truncated',
        `the plan is cut off: the state of ${phase.id} does not follow from its rows`,
      );
    }
  }
  return read(phases);
}

/** The footer names the first failed leaf and its error, several lines of it. */
function addFailure(phases: readonly Phase[], lines: readonly string[]): void {
  const id = footer.exec(lines[0] ?? '')?.[1];
  const failed = phases.find((phase) => phase.id === id);
  const error = lines
    .slice(1)
    .map((line) => line.trim())
    .join('\n')
    .trim();
  if (failed !== undefined && error !== '') failed.error = error;
}
