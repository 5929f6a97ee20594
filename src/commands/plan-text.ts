import type { PlanTwin } from '../protocol/twins.ts';
import { type MarkName, marks } from '../theme/marks.ts';
import { shortInstant } from './output-instant.ts';
import { table } from './output-table.ts';

type PhaseTwin = PlanTwin['phases'][number];

/** A plan as lines: what operation, how far, the phases as a tree, then the error of every failed leaf. */
export function planText(twin: PlanTwin): string[] {
  const heads = ['Phase', 'State', 'Node', 'Runs on', 'Updated', 'Description'];
  const rows = twin.phases.map((phase) => [
    tree(phase),
    stateWords(phase),
    phase.node,
    phase.runsOn,
    shortInstant(phase.updated),
    phase.description,
  ]);
  return [headline(twin), '', ...table(heads, rows), ...failures(twin.phases)];
}

function headline({ operation, counts }: PlanTwin): string {
  const { type, id, state, cluster, leadMaster, gravityVersion } = operation;
  const told = [
    `${type ?? 'operation'}${id === null ? '' : ` ${id}`}`,
    state,
    cluster === null ? null : `cluster ${cluster}`,
    leadMaster === null ? null : `lead ${leadMaster}`,
    gravityVersion === null ? null : `gravity ${gravityVersion}`,
    `${counts.completed}/${counts.leaves} leaves completed`,
    counts.failed > 0 ? `${counts.failed} failed` : null,
    counts.observed.in_progress > 0 ? `${counts.observed.in_progress} observed in progress` : null,
    counts.observed.failed > 0 ? `${counts.observed.failed} observed failed` : null,
  ];
  return told.filter((part) => part !== null).join(', ');
}

/** What is known beyond the plan comes first, and what the plan says of it beside it. */
function stateWords({ state, observed }: PhaseTwin): string {
  if (observed === null || observed.state === state) return words(state);
  return `${words(observed.state)} (plan: ${words(state)})`;
}

function tree({ id, state, observed }: PhaseTwin): string {
  const depth = id.split('/').length - 2;
  return `${'  '.repeat(Math.max(0, depth))}${markOf(observed?.state ?? state)} ${id.split('/').at(-1)}`;
}

const markNames: Record<PhaseTwin['state'], MarkName> = {
  unstarted: 'unstarted',
  in_progress: 'running',
  completed: 'completed',
  failed: 'failed',
  rolled_back: 'rolled_back',
};

function markOf(state: PhaseTwin['state']): string {
  return marks[markNames[state]].mark;
}

function words(state: PhaseTwin['state']): string {
  return state.replace('_', ' ');
}

function failures(phases: readonly PhaseTwin[]): string[] {
  return phases.flatMap(({ id, error }) =>
    error === null ? [] : ['', `${id} has failed:`, ...error.split('\n').map((line) => `  ${line}`)],
  );
}
