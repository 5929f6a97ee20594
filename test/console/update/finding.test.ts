import { describe, expect, test } from 'vitest';
import { actions } from '../../../src/actions/table.ts';
import { helpEntries } from '../../../src/console/help-entries.ts';
import { cursorOf, itemsOf } from '../../../src/console/items.ts';
import type { Key } from '../../../src/console/keys/key.ts';
import { createKeyboard } from '../../../src/console/keys/keyboard.ts';
import { paletteEntries } from '../../../src/console/palette-entries.ts';
import { runbookPhase } from '../../../src/console/runbook-phase.ts';
import { screenTable } from '../../../src/console/screen-table.ts';
import type { Ui } from '../../../src/console/ui.ts';
import type { Step } from '../../../src/console/update/step.ts';
import { update } from '../../../src/console/update/update.ts';
import { handClock } from '../../driver/hand-clock.ts';
import { clusterOf, now, recordedPlan, sceneOf, uiOn } from '../a-scene.ts';

const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));

function pressed(ui: Ui, keys: readonly Key[]): Step {
  return keys.reduce<Step>((step, key) => update(step.ui, scene, key), { ui });
}

/** What the program reads in one chunk, taken apart and acted on. */
function written(ui: Ui, chunk: string): Ui {
  const clock = handClock(now);
  const keyboard = createKeyboard(clock, {
    press: (key) => {
      ui = update(ui, scene, key).ui;
    },
    paste: () => {},
  });
  keyboard.input(chunk);
  keyboard.stop();
  return ui;
}

test('keys that arrive in one write are each taken: jjj is three lines down, jjk one', () => {
  const items = itemsOf(scene, uiOn('plan'));
  for (const [chunk, line] of [
    ['jjj', 3],
    ['jjk', 1],
    ['\u001b[B\u001b[Bj', 3],
  ] as const)
    expect(cursorOf(scene, written(pressed(uiOn('plan'), ['home']).ui, chunk)), chunk).toBe(items[line]);
});

describe('? lists every key of a screen, and Enter on a line does what its key does', () => {
  for (const { id, title } of screenTable)
    test(`on ${title}`, () => {
      const entries = helpEntries(id, runbookPhase(scene, uiOn(id)));
      const first = update(uiOn(id), scene, '?').ui;
      // On what has failed the runbook comes first, and `?` again goes on to the keys.
      const opened = first.overlay?.kind === 'runbook' ? update(first, scene, '?').ui : first;
      for (const [line, { keys, name, meaning }] of entries.entries()) {
        const key = meaning.kind === 'runbook' ? '?' : (keys.split(' ')[0] ?? '');
        const run = pressed(opened, [...Array.from({ length: line }, () => 'down'), 'enter']);
        expect(run, name).toEqual(update(uiOn(id), scene, key));
      }
    });
  for (const row of actions.filter(({ key }) => key !== null))
    test(`the key of ${row.id} is listed on every screen`, () => {
      for (const { id } of screenTable) expect(helpEntries(id).map(({ keys }) => keys)).toContain(row.key);
    });
});

describe(': finds', () => {
  const found = (query: string) => paletteEntries(query, scene).map(({ meaning }) => meaning);
  for (const { id, title, help } of screenTable) {
    const screen = { kind: 'screen', screen: id };
    test(`the screen ${title} by its name, its id and its help`, () => {
      expect(found(title)[0]).toEqual(screen);
      expect(found(id)[0]).toEqual(screen);
      expect(found(help)).toContainEqual(screen);
    });
  }
  for (const row of actions) {
    const action = { kind: 'action', action: row.id };
    test(`${row.id} by its id`, () => expect(found(row.id)[0]).toEqual(action));
    if (row.gravity !== null)
      test(`${row.id} by gravity’s command`, () => expect(found(row.gravity ?? '')).toContainEqual(action));
    if (row.expert)
      test(`${row.id}, which is for experts, not by its name`, () =>
        expect(found(row.label)).not.toContainEqual(action));
    else
      test(`${row.id} by its name and its help`, () => {
        expect(found(row.label)[0]).toEqual(action);
        expect(found(row.help)).toContainEqual(action);
      });
  }
});

describe(': means what is typed', () => {
  const first = (query: string) => paletteEntries(query, scene)[0]?.meaning;
  const rows: readonly [string, unknown][] = [
    ['q', { kind: 'command', command: 'leave' }],
    ['quit', { kind: 'command', command: 'leave' }],
    ['leave', { kind: 'command', command: 'leave' }],
    ['help', { kind: 'command', command: 'help' }],
    ['copy', { kind: 'command', command: 'copy' }],
    ['utc', { kind: 'command', command: 'time-mode' }],
    ['logs', { kind: 'command', command: 'output' }],
    ['status', { kind: 'screen', screen: 'overview' }],
    ['worker-2', { kind: 'item', screen: 'nodes', item: '192.168.1.102' }],
    ['/masters/master-2/drain', { kind: 'item', screen: 'plan', item: '/masters/master-2/drain' }],
    ['gc', { kind: 'item', screen: 'plan', item: '/gc' }],
  ];
  for (const [query, meaning] of rows) test(`:${query}`, () => expect(first(query)).toEqual(meaning));

  const risks = new Map(actions.map(({ id, risk }) => [id, risk]));
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const loose = [
    ...letters,
    ...letters.flatMap((a) => letters.map((b) => a + b)),
    'remove',
    'queued',
    'exec',
  ];
  test('a loose match never offers first what destroys', () => {
    for (const query of loose) {
      const [entry] = paletteEntries(query, scene);
      if (entry?.meaning.kind !== 'action' || risks.get(entry.meaning.action) !== 'destroy') continue;
      const words = [entry.name, entry.id].join(' ').toLowerCase().split(/[ .]/);
      expect(
        words.some((word) => word.startsWith(query)),
        `:${query} offers ${entry.name}`,
      ).toBe(true);
    }
  });
  test('a phase or a node is gone to, whatever was filtered', () => {
    const filtered = pressed(uiOn('nodes'), ['2', '/', ...'etcd', 'enter', '3']).ui;
    const { ui } = pressed(filtered, [':', ...'/masters/master-2/drain', 'enter']);
    expect([ui.screen, cursorOf(scene, ui)]).toEqual(['plan', '/masters/master-2/drain']);
  });
});

test(': takes the arguments of a command as gravity writes them', () => {
  const [entry] = paletteEntries('gravity plan set --phase=/init/master-1 --state=completed', scene);
  expect(entry).toMatchObject({
    meaning: { action: 'phase.set' },
    args: { phase: '/init/master-1', state: 'completed' },
  });
});

describe('/ searches the whole list', () => {
  const searching = pressed(uiOn('plan'), ['/', ...'drain', 'enter']).ui;
  const at = (ui: Ui) => cursorOf(scene, ui);
  test('and says how many matches there are', () => {
    expect(searching.notice?.text).toMatch(/^5 matches/);
  });
  test('n goes through them in order and round again, with a count', () => {
    const stops = [1, 2, 3, 4, 5].map((times) =>
      pressed(
        searching,
        Array.from({ length: times }, () => 'n'),
      ),
    );
    expect(stops.map(({ ui }) => at(ui))).toEqual([
      '/masters/master-2/drain',
      '/masters/master-3/drain',
      '/nodes/worker-1/drain',
      '/nodes/worker-2/drain',
      '/masters/master-1/drain',
    ]);
    expect(stops.map(({ ui }) => ui.notice?.text)).toEqual(
      [2, 3, 4, 5, 1].map((match) => `match ${match} of 5`),
    );
  });
  test('N goes back, and at the first to the last', () => {
    const { ui } = pressed(searching, ['N']);
    expect([at(ui), ui.notice?.text]).toEqual(['/nodes/worker-2/drain', 'match 5 of 5']);
    expect(at(pressed(searching, ['n', 'N']).ui)).toBe(at(searching));
  });
});
