import { describe, expect, test } from 'vitest';
import { actions } from '../../src/actions/table.ts';
import { type KeymapRow, keymap, keyScopes } from '../../src/console/keymap.ts';
import { scopesOf } from '../../src/console/lookup.ts';
import { screenTable } from '../../src/console/screen-table.ts';
import { commands } from '../../src/console/update/commands.ts';

const rows: readonly KeymapRow[] = keymap;

/** Every key that counts where a scope is looked at, the keys of screens and actions among them. */
function keysOf(scopes: readonly string[]): string[] {
  const moves = rows.filter((row) => scopes.includes(row.scope)).flatMap((row) => row.keys);
  if (!scopes.includes('everywhere')) return moves;
  return [...moves, ...screenTable.map((row) => row.digit), ...actions.flatMap((row) => row.key ?? [])];
}

describe('no key means two things', () => {
  for (const screen of screenTable)
    test(`on the ${screen.title} screen`, () => {
      const keys = keysOf(scopesOf(screen.id));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    });
  for (const scope of keyScopes)
    test(`in the scope ${scope}`, () => {
      const keys = keysOf([scope]);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    });
});

test('every command of the keymap does something', () => {
  expect(rows.map((row) => row.command).filter((command) => !Object.hasOwn(commands, command))).toEqual([]);
});

test('in a card neither y nor the key that opens a step confirms', () => {
  const accepting = rows
    .filter((row) => row.scope === 'card' && row.command === 'accept')
    .flatMap((row) => row.keys);
  expect(accepting).toEqual(['enter']);
});

test('digits are the screens’ own and the bare verbs are few: the step and the shell open a card, a breakpoint and a note a form, stopping needs only a key', () => {
  expect(screenTable.map((row) => [row.digit, row.title])).toEqual([
    ['1', 'Overview'],
    ['2', 'Plan'],
    ['3', 'Nodes'],
    ['4', 'History'],
    ['5', 'Operations'],
    ['6', 'Runs'],
  ]);
  expect(actions.filter((row) => row.key !== null && row.risk !== 'read').map((row) => row.id)).toEqual([
    'operation.step',
    'autopilot.stop',
    'phase.note',
    'breakpoint.set',
    'node.shell',
  ]);
});
