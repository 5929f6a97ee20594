import { describe, expect, test } from 'vitest';
import { helpEntries } from '../../../src/console/help-entries.ts';
import { cursorOf, itemsOf } from '../../../src/console/items.ts';
import type { Key } from '../../../src/console/keys/key.ts';
import type { Scene } from '../../../src/console/scene.ts';
import type { Ui } from '../../../src/console/ui.ts';
import { update } from '../../../src/console/update/update.ts';
import type { Run } from '../../../src/protocol/run.ts';
import { aRun } from '../../actions/a-cluster.ts';
import { clusterOf, recordedPlan, sceneOf, uiOn } from '../a-scene.ts';

const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));

function pressed(ui: Ui, keys: readonly Key[], on: Scene = scene): Ui {
  return keys.reduce((now, key) => update(now, on, key).ui, ui);
}

describe('moving through the plan', () => {
  test('the cursor starts on what failed', () => {
    expect(cursorOf(scene, uiOn('plan'))).toBe('/masters/master-2/drain');
  });
  test('j and k move one line and stop at the ends', () => {
    const up = pressed(uiOn('plan'), ['home', 'k', 'k']);
    expect(cursorOf(scene, up)).toBe('/init');
    expect(cursorOf(scene, pressed(up, ['j', 'j']))).toBe('/pre-update');
    const items = itemsOf(scene, up);
    expect(cursorOf(scene, pressed(up, ['G', 'j']))).toBe(items.at(-1));
  });
  test('Enter opens a closed group, h closes it again and then leads to its parent', () => {
    const open = pressed(uiOn('plan'), ['home', 'enter']);
    expect(itemsOf(scene, open)).toContain('/init/master-1');
    const closed = pressed(open, ['h']);
    expect(itemsOf(scene, closed)).not.toContain('/init/master-1');
    const inside = pressed(open, ['j']);
    expect(cursorOf(scene, inside)?.startsWith('/init/')).toBe(true);
    expect(cursorOf(scene, pressed(inside, ['h']))).toBe('/init');
  });
  test('f follows what runs again', () => {
    const moved = pressed(uiOn('plan'), ['home']);
    expect(cursorOf(scene, pressed(moved, ['f']))).toBe('/masters/master-2/drain');
  });
  test('the list scrolls no further than the cursor needs', () => {
    const small = { ...scene, size: { columns: 80, rows: 12 } };
    const down = pressed(uiOn('plan'), ['home', 'j', 'j'], small);
    expect(down.lists.plan.top).toBe(0);
    expect(pressed(down, ['G'], small).lists.plan.top).toBeGreaterThan(0);
  });
});

describe('o shows the output', () => {
  const plan = recordedPlan('failed-3m2w');
  const drain = '/masters/master-2/drain';
  const steps = [
    { program: 'gravity' as const, path: '/g', argv: ['plan', 'execute', `--phase=${drain}`], phase: drain },
  ];
  const withRuns = (...runs: Run[]) => sceneOf({ ...clusterOf(plan), runs });
  const note = aRun({ id: 'note', operationId: plan.operation.id, steps: [] });

  test('of the selected phase’s newest run in this operation, and of none in an earlier one', () => {
    const old = aRun({ id: 'old', operationId: 'the-upgrade-before', steps });
    const mine = aRun({ id: 'mine', operationId: plan.operation.id, steps });
    const shown = pressed(uiOn('plan'), ['o'], withRuns(note, old, mine));
    expect([shown.screen, shown.lists.runs.selected]).toEqual(['runs', 'mine']);
    const none = pressed(uiOn('plan'), ['o'], withRuns(old));
    expect([none.screen, none.notice?.text]).toEqual([
      'plan',
      'nothing of this operation has been run through this agent yet',
    ]);
  });

  test('of this operation’s newest run of gravity, where the phase had none', () => {
    const other = aRun({
      id: 'other',
      operationId: plan.operation.id,
      steps: steps.map((step) => ({ ...step, phase: '/init' })),
    });
    const shown = pressed(uiOn('plan'), ['o'], withRuns(note, other));
    expect(shown.lists.runs.selected).toBe('other');
  });
});

describe('leaving', () => {
  test('q at the top asks to quit, inside it goes back first', () => {
    expect(update(uiOn('plan'), scene, 'q').intent).toEqual({ kind: 'quit' });
    const inside = pressed(uiOn('plan'), ['enter']);
    const back = update(inside, scene, 'q');
    expect(back.intent).toBeUndefined();
    expect(update(back.ui, scene, 'q').intent).toEqual({ kind: 'quit' });
  });
  test('Esc never quits', () => {
    expect(update(uiOn('plan'), scene, 'esc').intent).toBeUndefined();
  });
  test('ctrl-c asks to quit from anywhere on a screen', () => {
    expect(update(pressed(uiOn('plan'), ['enter']), scene, 'ctrl-c').intent).toEqual({ kind: 'quit' });
  });
});

describe('the filter', () => {
  test('every character narrows the tree, and the groups above a match stay', () => {
    const ui = pressed(uiOn('plan'), ['/', ...'drain']);
    expect(itemsOf(scene, ui)).toContain('/masters/master-3/drain');
    expect(itemsOf(scene, ui)).toContain('/masters');
    expect(itemsOf(scene, ui)).not.toContain('/init');
    expect(cursorOf(scene, ui)).toBe('/masters/master-1/drain');
  });
  test('Enter keeps it, n goes to the next match, Esc drops it', () => {
    const kept = pressed(uiOn('plan'), ['/', ...'drain', 'enter']);
    expect(kept.overlay).toBeNull();
    const next = pressed(kept, ['n']);
    expect(cursorOf(scene, next)).toBe('/masters/master-2/drain');
    expect(next.notice?.text).toBe('match 2 of 5');
    expect(pressed(next, ['esc']).lists.plan.filter).toBe('');
  });
  test('a leading ! turns it round', () => {
    const ui = pressed(uiOn('plan'), ['/', ...'!drain']);
    expect(itemsOf(scene, ui)).not.toContain('/masters/master-1/drain');
    expect(itemsOf(scene, ui)).toContain('/init');
  });
  test('letters typed into it move nothing and open nothing', () => {
    expect(pressed(uiOn('plan'), ['/', ...'xqa']).overlay).toMatchObject({ kind: 'search', text: 'xqa' });
  });
});

test('digits go to the screens, and a digit without a screen does nothing', () => {
  const screens = ['1', '2', '3', '4', '5', '6', '7'].map(
    (key) => update(uiOn('overview'), scene, key).ui.screen,
  );
  expect(screens).toEqual(['overview', 'plan', 'nodes', 'history', 'operations', 'runs', 'overview']);
});

test('t goes through UTC, local and relative times', () => {
  const modes = [['t'], ['t', 't'], ['t', 't', 't']].map((keys) => pressed(uiOn('plan'), keys).time);
  expect(modes).toEqual(['local', 'relative', 'utc']);
});

test('an unknown key changes nothing', () => {
  const ui = uiOn('plan');
  for (const key of ['Z', '日', 'delete', 'ctrl-a']) expect(update(ui, scene, key)).toEqual({ ui });
});

describe('the palette', () => {
  const first = (text: string) =>
    update(
      pressed(uiOn('overview'), [':', ...[...text].map((c) => (c === ' ' ? 'space' : c))]),
      scene,
      'enter',
    );
  test('a screen is found by its name', () => expect(first('hist').ui.screen).toBe('history'));
  test('an action is found by its id', () =>
    expect(first('operation.resume').intent).toMatchObject({ kind: 'judge', action: 'operation.resume' }));
  test('an action is found by gravity’s command', () =>
    expect(first('gravity plan complete').intent).toMatchObject({ action: 'operation.complete' }));
  test('an expert action answers to its full id alone, its arguments after it', () => {
    expect(first('phase.set phase=/init/master-1 state=completed').intent).toMatchObject({
      action: 'phase.set',
      args: { phase: '/init/master-1', state: 'completed' },
    });
    expect(first('phase.se').intent).not.toMatchObject({ action: 'phase.set' });
  });
});

describe('the help', () => {
  test('Enter does what the marked line says', () => {
    const line = helpEntries('overview').findIndex(({ keys }) => keys === 'x');
    const opened = update(pressed(uiOn('overview'), ['?', ...Array(line).fill('j')]), scene, 'enter');
    expect(opened.intent).toMatchObject({ kind: 'judge', action: 'operation.step' });
  });
});
