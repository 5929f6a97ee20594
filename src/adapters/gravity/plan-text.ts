import { clean } from '../../protocol/clean.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Reading, type Remark, read, unread } from '../../protocol/problem.ts';
import { assumedYear } from './assumed-year.ts';
import { demangle, isMangled } from './demangle.ts';
import { planBanner } from './plan-banner.ts';
import { checkPlanEnd, computeGroups } from './plan-groups.ts';
import type { PlanRow } from './plan-row.ts';
import { findPlanTable, type PlanFooter } from './plan-table.ts';

/**
 * The table of `gravity plan` in text and short (recordings/plans/*.txt, *.short), 5.0 to 9.0. Ids are rebuilt from the
 * indentation. A table that ends in a row, or whose groups do not follow from their rows, is cut off. `now` (epoch ms)
 * is for the missing year. Node is where a phase runs; the node it is about is not in the table.
 */
export function readPlanText(text: string, now: number): Reading<Plan> {
  const whole = clean(text);
  const table = findPlanTable(demangle(whole).split('\n'));
  if ('code' in table) return { ok: false, problem: table };
  if (table.rows.length === 0) return unread('plan.no-phases', 'the plan has no phases');
  const phases = phasesOf(table.rows, now);
  if (!phases.ok) return phases;
  addFailure(phases.value, table.footer);
  const remarks: Remark[] = isMangled(whole) ? ['year-assumed', 'text-mangled'] : ['year-assumed'];
  return read({ operation: planBanner(table.above), servers: [], phases: phases.value }, remarks);
}

function phasesOf(rows: readonly PlanRow[], now: number): Reading<Phase[]> {
  const phases: Phase[] = [];
  const path: Phase[] = [];
  for (const row of rows) {
    if (row.depth > path.length)
      return unread('answer.wrong-shape', `the plan has a row below no phase: ${row.name}`);
    path.length = row.depth;
    const phase = toPhase(row, path.at(-1) ?? null, now);
    if (phases.some(({ id }) => id === phase.id)) {
      return unread('answer.wrong-shape', `phase ${phase.id} is in the plan twice`);
    }
    path.push(phase);
    phases.push(phase);
  }
  const cut = checkPlanEnd(phases);
  return cut === null ? read(computeGroups(phases)) : unread('answer.truncated', cut);
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

function addFailure(phases: readonly Phase[], footer: PlanFooter | null): void {
  const failed = phases.find(({ id }) => id === footer?.id);
  if (failed !== undefined && footer?.error) failed.error = footer.error;
}
