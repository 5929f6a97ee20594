import type { PhaseState } from '../../protocol/phase.ts';

/** A row of the table of phases. `depth` is its indentation in groups; columns short has not are empty. */
export type PlanRow = {
  depth: number;
  name: string;
  description: string;
  state: PhaseState;
  node: string | null;
  requires: string[];
  updated: string;
};

/**
 * One row, read from its right end: State, Node, Requires and Updated can hold no blanks to mistake, so wide runes in a
 * description, or a `%` that ate the blanks behind it, move nothing. The State column tells the state, since short
 * marks a rolled back phase as failed. Null for what is no whole row.
 */
export function readPlanRow(line: string): PlanRow | null {
  const right = tail.exec(line);
  const left = head.exec(line.slice(0, right?.index));
  const [, word = '', node, requires, updated = '-'] = right ?? [];
  const state = states[word];
  if (state === undefined || left === null) return null;
  const [all, indent = '', name = ''] = left;
  return {
    depth: Math.floor(indent.length / 2),
    name,
    description: line.slice(all.length, right?.index).trim(),
    state,
    node: node === undefined || node === '-' ? null : node,
    requires: requires === undefined || requires === '-' ? [] : requires.split(','),
    updated,
  };
}

const states: Readonly<Record<string, PhaseState>> = {
  Unstarted: 'unstarted',
  'In Progress': 'in_progress',
  Completed: 'completed',
  Failed: 'failed',
  'Rolled Back': 'rolled_back',
};
const head = /^( *)\S (\S+)/;
const date = '\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d UTC';
const tail = new RegExp(`(${Object.keys(states).join('|')}) {2,}(?:(\\S+) {2,}(\\S+) {2,})?(-|${date}) *$`);
