import { actionById } from '../../actions/table.ts';
import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Row } from '../../theme/cell.ts';
import type { Role } from '../../theme/roles.ts';
import type { Scene } from '../scene.ts';
import { whoIs } from '../who-is.ts';
import { cell, mark, spread } from './line.ts';

/** The autopilot in one line of `cells`: what it waits for or why it holds, and at the right edge how it goes on; empty without one. */
export function autopilotRow({ cluster, look }: Scene, cells: number): Row {
  const { autopilot } = cluster;
  if (autopilot === null) return [];
  const role = autopilotRole(autopilot);
  const sign = mark(autopilot.state === 'armed' ? 'running' : 'paused', look);
  const said: Row = [cell(' '), { ...sign, role, word: '' }, cell(` ${autopilotWords(autopilot)}`, role)];
  const how = wayOn(autopilot);
  return spread(said, how === '' ? [] : [cell('  '), cell(how, 'key'), cell(' ')], cells, look);
}

/** What it does, in words: `autopilot: …`, and where it does not go on by itself the word PAUSED. */
export function autopilotWords({ state, sentence, breakpoint }: Autopilot): string {
  if (state === 'armed') return `autopilot: ${sentence}`;
  if (state === 'pausing') return `autopilot pauses after the leaf under way: ${sentence}`;
  const at = breakpoint === null ? '' : ` at ${breakpoint}`;
  return `AUTOPILOT PAUSED${at}: ${sentence}`;
}

/** Something is wrong, or it only waits for a word. */
export function autopilotRole({ state, hold }: Autopilot): Role {
  if (state === 'armed') return 'busy';
  return hold === 'failure' || hold === 'outage' || hold === 'refused' ? 'bad' : 'warn';
}

/** `autopilot, armed by root@master-1`. */
export function armedBy({ by }: Autopilot): string {
  return `autopilot, armed by ${whoIs(by)}`;
}

/** The action that comes next, by its key where it has one: it goes on, or at the end the operation is completed. */
function wayOn({ state, hold }: Autopilot): string {
  const next = hold === 'last' ? 'operation.complete' : 'autopilot.go-on';
  const row = state === 'paused' ? actionById(next) : undefined;
  if (row === undefined) return '';
  return row.key === null ? `a ${row.label}` : `${row.key} ${row.label}`;
}
