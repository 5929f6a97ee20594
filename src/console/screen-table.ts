import type { Scope } from '../actions/row.ts';

/**
 * Every screen there is, one row each; a screen not yet built has no row and its digit stays free.
 * `list` screens have a selection; `scopes` are the scopes of actions that fit what is selected there.
 */
export const screenTable = [
  {
    id: 'overview',
    digit: '1',
    title: 'Overview',
    short: 'Overview',
    list: false,
    help: 'the cluster, what is wrong, what happened lately',
    scopes: ['cluster', 'operation'],
  },
  {
    id: 'plan',
    digit: '2',
    title: 'Plan',
    short: 'Plan',
    list: true,
    help: 'the operation plan as a tree',
    scopes: ['phase', 'operation', 'cluster'],
  },
  {
    id: 'nodes',
    digit: '3',
    title: 'Nodes',
    short: 'Nodes',
    list: true,
    help: 'every node with its probes',
    scopes: ['node', 'operation', 'cluster'],
  },
  {
    id: 'history',
    digit: '4',
    title: 'History',
    short: 'History',
    list: true,
    help: 'the timeline of the cluster, newest first; its filter takes kind:, node: and checker: too',
    scopes: ['cluster', 'operation'],
  },
  {
    id: 'operations',
    digit: '5',
    title: 'Operations',
    short: 'Ops',
    list: true,
    help: 'every operation of the cluster, newest first',
    scopes: ['operation', 'cluster'],
  },
  {
    id: 'runs',
    digit: '6',
    title: 'Runs',
    short: 'Runs',
    list: true,
    help: 'what was run, by whom, with its output',
    scopes: ['run', 'operation', 'cluster'],
  },
] as const satisfies readonly {
  id: string;
  digit: string;
  title: string;
  /** The title where room is short. */
  short: string;
  list: boolean;
  help: string;
  scopes: readonly Scope[];
}[];

export type ScreenRow = (typeof screenTable)[number];
export type ScreenId = ScreenRow['id'];

/** The screen's row; the table has one for every id. */
export function screenRow(id: ScreenId): ScreenRow {
  return screenTable.find((row) => row.id === id) ?? screenTable[0];
}
