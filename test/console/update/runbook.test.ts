import { describe, expect, test } from 'vitest';
import { cardEvents } from '../../../src/console/card-events.ts';
import { cursorOf } from '../../../src/console/items.ts';
import type { Key } from '../../../src/console/keys/key.ts';
import type { Ui } from '../../../src/console/ui.ts';
import { update } from '../../../src/console/update/update.ts';
import { aRun, clusterOf, recordedPlan, sceneOf, uiOn } from '../a-scene.ts';

const drain = '/masters/master-2/drain';
const run = aRun({ id: 'run-7', action: 'phase.check', label: 'Check', lane: 'read' });
const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w'), { runs: [run] }));

function pressed(ui: Ui, keys: readonly Key[]): Ui {
  return keys.reduce((now, key) => update(now, scene, key).ui, ui);
}

const on = (selected: string): Ui => {
  const ui = uiOn('plan');
  return { ...ui, lists: { ...ui.lists, plan: { ...ui.lists.plan, selected } } };
};

describe('? on the plan', () => {
  test('opens the runbook of the failed leaf the cursor is on', () => {
    expect(pressed(uiOn('plan'), ['?']).overlay).toEqual({ kind: 'runbook', phase: drain, top: 0 });
  });

  test('opens that of the failed leaf in the selected group', () => {
    expect(pressed(on('/masters'), ['?']).overlay).toMatchObject({ kind: 'runbook', phase: drain });
  });

  test('on anything else shows the keys, and Enter on their first line the runbook', () => {
    const keys = pressed(on('/coredns'), ['?']);
    expect(keys.overlay).toMatchObject({ kind: 'help', selected: 0 });
    expect(pressed(keys, ['enter']).overlay).toMatchObject({ kind: 'runbook', phase: '/coredns' });
  });

  test('on other screens is what it was', () => {
    expect(pressed(uiOn('nodes'), ['?']).overlay).toMatchObject({ kind: 'help' });
  });

  test('in plain lines says the keys', () => {
    const step = update({ ...uiOn('plan'), linear: true }, scene, '?');
    expect(step).toMatchObject({ ui: { overlay: null }, intent: { kind: 'say', what: 'keys' } });
  });
});

describe('in the runbook', () => {
  const open = pressed(uiOn('plan'), ['?']);

  test.for(['?', 'tab'])('%s goes on to the keys, and Esc closes those', (key) => {
    const keys = pressed(open, [key]);
    expect(keys.overlay).toMatchObject({ kind: 'help' });
    expect(pressed(keys, ['esc']).overlay).toBeNull();
  });

  test.for(['esc', 'q'])('%s closes it and the cursor is where it was', (key) => {
    const closed = pressed(open, [key]);
    expect(closed.overlay).toBeNull();
    expect(cursorOf(scene, closed)).toBe(drain);
  });

  test('it scrolls no further than there is something, and back', () => {
    const end = pressed(open, ['G']);
    expect(pressed(end, ['j', 'ctrl-d']).overlay).toEqual(end.overlay);
    expect(end.overlay).not.toEqual(open.overlay);
    expect(pressed(end, ['home']).overlay).toEqual(open.overlay);
    expect(pressed(open, ['j', 'k', 'k']).overlay).toEqual(open.overlay);
  });

  test('a digit asks for the judgement of the check it stands before', () => {
    const { ui, intent } = update(open, scene, '2');
    expect(intent).toMatchObject({
      kind: 'judge',
      action: 'phase.check',
      args: { phase: drain, check: 'budgets' },
    });
    expect(ui.overlay).toMatchObject({ kind: 'card', shows: 'output' });
  });

  test('a digit without a check does nothing, and no other key is a verb', () => {
    for (const key of ['9', 'x', 'a', '!', 'enter'])
      expect(update(open, scene, key), key).toEqual({ ui: open });
  });
});

describe('the output of a check', () => {
  const started = (() => {
    const { ui } = update(pressed(uiOn('plan'), ['?']), scene, '1');
    return cardEvents.started(ui, ui.cards, run);
  })();

  test('is shown as soon as it runs', () => {
    expect(started).toMatchObject({ screen: 'runs', overlay: null });
    expect(started.lists.runs).toMatchObject({ selected: 'run-7', detail: true });
  });

  test.for(['esc', 'q'])('%s leads back to the plan, on the phase', (key) => {
    const back = pressed(started, [key]);
    expect(back.screen).toBe('plan');
    expect(cursorOf(scene, back)).toBe(drain);
    expect(back.lists.runs.detail).toBe(false);
  });

  test('after another screen was chosen leads nowhere any more', () => {
    const again = pressed(started, ['3', '6']);
    expect(again.lists.runs.detail).toBe(true);
    expect(pressed(again, ['esc']).screen).toBe('runs');
  });

  test('a run that was started otherwise stays where it was started', () => {
    const { ui } = update(uiOn('plan'), scene, 'x');
    expect(cardEvents.started(ui, ui.cards, run)).toMatchObject({ screen: 'plan', overlay: null });
  });
});
