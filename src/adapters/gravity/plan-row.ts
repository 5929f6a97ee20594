import type { PhaseState } from '../../protocol/phase.ts';
import type { PlanColumns } from './plan-header.ts';

/** A row of the table of phases. `depth` is its indentation in groups; columns the table has not are empty. */
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
 * marks a rolled back phase as failed. Null for what is no whole row of a table with these columns.
 */
export function readPlanRow(line: string, { node, requires }: PlanColumns): PlanRow | null {
  const tail = tails[`${node} ${requires}`];
  const right = tail?.exec(line);
  const left = head.exec(line.slice(0, right?.index));
  const groups = right?.groups ?? {};
  const state = states[groups['state'] ?? ''];
  if (state === undefined || left === null) return null;
  const [all, indent = '', name = ''] = left;
  return {
    depth: Math.floor(indent.length / 2),
    name,
    description: line.slice(all.length, right?.index).trim(),
    state,
    node: value(groups['node']),
    requires: value(groups['requires'])?.split(',') ?? [],
    updated: groups['updated'] ?? '-',
  };
}

/** Whether a line begins as a row does: indentation, a mark and a name. */
export function beginsLikeRow(line: string): boolean {
  return begin.test(line);
}

function value(text: string | undefined): string | null {
  return text === undefined || text === '-' ? null : text;
}

const states: Readonly<Record<string, PhaseState>> = {
  Unstarted: 'unstarted',
  'In Progress': 'in_progress',
  Completed: 'completed',
  Failed: 'failed',
  'Rolled Back': 'rolled_back',
};

// A mark is one character; read in a wrong character set it is up to three.
const head = /^( *)\S{1,3} (\S+)/;
const begin = /^ *(?:[*xX?]|[^\x20-\x7e]{1,3})(?: \S| *$)/;
const date = '\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d UTC';
const tails: Readonly<Record<string, RegExp>> = {
  'true true': tailWith('(?<node>\\S+) {2,}(?<requires>\\S+) {2,}'),
  'false true': tailWith('(?<requires>\\S+) {2,}'),
  'true false': tailWith('(?<node>\\S+) {2,}'),
  'false false': tailWith(''),
};

function tailWith(columns: string): RegExp {
  return new RegExp(`(?<state>${Object.keys(states).join('|')}) {2,}${columns}(?<updated>-|${date}) *$`);
}
