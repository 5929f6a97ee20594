import { goTime } from '../go-time.ts';
import { phaseState, phaseUpdated, type States } from '../phase-state.ts';
import type { PhaseDocument, PhaseState, PlanDocument } from '../plan-document.ts';
import { table } from './table.ts';

type Row = { phase: PhaseDocument; depth: number };

const WORDS: Record<PhaseState, string> = {
  unstarted: 'Unstarted',
  in_progress: 'In Progress',
  completed: 'Completed',
  failed: 'Failed',
  rolled_back: 'Rolled Back',
};

const MARKS: Record<PhaseState, string> = {
  unstarted: '*',
  in_progress: '→',
  completed: '✓',
  failed: '×',
  rolled_back: '⤺',
};

/** `gravity plan --output=text` (recordings/plans/*.txt): Node is where a phase runs, if the plan says it outright. */
export function planText(plan: PlanDocument, states: States): string {
  const rows = rowsOf(plan).map(({ phase, depth }) => {
    const state = phaseState(phase, states);
    return [
      label(phase, depth, MARKS[state]),
      phase.description ?? '',
      WORDS[state],
      phase.data?.exec_server?.advertise_ip ?? '-',
      phase.requires?.join(',') ?? '-',
      updated(phase, states),
    ];
  });
  return table(['Phase', 'Description', 'State', 'Node', 'Requires', 'Updated'], rows);
}

/** `gravity plan --output=short` (recordings/plans/*.short): rolled back has the mark of failure here. */
export function planShort(plan: PlanDocument, states: States): string {
  const rows = rowsOf(plan).map(({ phase, depth }) => {
    const state = phaseState(phase, states);
    const mark = state === 'rolled_back' ? MARKS.failed : MARKS[state];
    return [label(phase, depth, mark), WORDS[state], updated(phase, states)];
  });
  return table(['Phase', 'State', 'Updated'], rows);
}

function rowsOf(plan: PlanDocument): Row[] {
  const rows: Row[] = [];
  const visit = (phase: PhaseDocument, depth: number): void => {
    rows.push({ phase, depth });
    for (const child of phase.phases ?? []) visit(child, depth + 1);
  };
  for (const phase of plan.phases) visit(phase, 0);
  return rows;
}

function label({ id }: PhaseDocument, depth: number, mark: string): string {
  return `${'  '.repeat(depth)}${mark} ${id.slice(id.lastIndexOf('/') + 1)}`;
}

function updated(phase: PhaseDocument, states: States): string {
  const time = phaseUpdated(phase, states);
  return time === null ? '-' : goTime.table(time);
}
