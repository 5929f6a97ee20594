import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/actions/judge.ts';
import { actionById } from '../../../src/actions/table.ts';
import { cardEvents } from '../../../src/console/card-events.ts';
import type { Intent } from '../../../src/console/intent.ts';
import type { Key } from '../../../src/console/keys/key.ts';
import type { Ui } from '../../../src/console/ui.ts';
import { openAction } from '../../../src/console/update/open-action.ts';
import { update } from '../../../src/console/update/update.ts';
import type { Judgement } from '../../../src/protocol/judgement.ts';
import { aBreakpoint } from '../a-cockpit.ts';
import { clusterOf, now, recordedPlan, sceneOf, uiOn } from '../a-scene.ts';

const drain = '/masters/master-2/drain';
const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));

function opened(action: string, args: Record<string, unknown>): Ui {
  const row = actionById(action);
  if (row === undefined) throw new Error(`the table has no ${action}`);
  return openAction(uiOn('plan'), scene, { row, args }).ui;
}

function pressing(ui: Ui, keys: readonly Key[]): { ui: Ui; intents: Intent[] } {
  const intents: Intent[] = [];
  for (const key of keys) {
    const step = update(ui, scene, key);
    ui = step.ui;
    if (step.intent) intents.push(step.intent);
  }
  return { ui, intents };
}

function judged(action: string, args: Record<string, unknown>): Judgement {
  const verdict = judge({ cluster: scene.cluster, action, args, facts: { pods: null, agents: null, now } });
  return { schema: 1, id: 'judgement-1', ...verdict };
}

const form = opened('phase.set', { phase: drain });

describe('an action that must be told more than the selection gives', () => {
  test('opens a form on the first thing missing, and asks the agent nothing yet', () => {
    const row = actionById('phase.set');
    expect(row && openAction(uiOn('plan'), scene, { row, args: { phase: drain } })).toMatchObject({
      ui: { overlay: { kind: 'form', action: 'phase.set', values: { phase: drain }, focus: 1 } },
    });
    expect(update(form, scene, 'x').intent).toBeUndefined();
  });

  test('opens its card at once when all is there', () => {
    expect(opened('phase.set', { phase: drain, state: 'completed' }).overlay).toMatchObject({ kind: 'card' });
    expect(opened('operation.step', {}).overlay).toMatchObject({ kind: 'card' });
  });

  test('has its values chosen with right and left, j, k and space, round and round', () => {
    const state = (keys: readonly Key[]) => {
      const { overlay } = pressing(form, keys).ui;
      return overlay?.kind === 'form' ? overlay.values.state : null;
    };
    expect(state([])).toBe('unstarted');
    expect(state(['right', 'j', 'space'])).toBe('failed');
    expect(state(['left'])).toBe('rolled_back');
    expect(state(['right', 'k', 'left', 'right'])).toBe('unstarted');
  });

  test('is typed into, and j and k are letters there', () => {
    const typed = pressing(form, ['tab', 'tab', 'ctrl-u', '/', 'j', 'k', 'w', 'backspace']);
    expect(typed.ui.overlay).toMatchObject({ focus: 0, values: { phase: '/jk' } });
  });

  test('opens the card from its last field, or from Go on, with what was given', () => {
    const args = { phase: drain, state: 'completed' };
    const expected = [{ kind: 'judge', card: 1, action: 'phase.set', args }];
    expect(pressing(form, ['right', 'right', 'enter']).intents).toEqual(expected);
    expect(pressing(form, ['right', 'right', 'tab', 'enter']).intents).toEqual(expected);
    expect(pressing(form, ['right', 'right', 'shift-tab', 'enter', 'enter']).intents).toEqual(expected);
  });

  test('says what will not do beside the field, and asks the agent nothing', () => {
    const { ui, intents } = pressing(form, ['tab', 'tab', 'ctrl-u', '-', 'enter', 'enter']);
    expect(intents).toEqual([]);
    expect(ui.overlay).toMatchObject({
      kind: 'form',
      focus: 0,
      problem: expect.stringContaining('the argument "phase" must not be empty, begin with -'),
    });
    expect(pressing(ui, ['backspace']).ui.overlay).toMatchObject({ problem: null });
  });

  test('is left with Esc, and nothing was done', () => {
    expect(pressing(form, ['right', 'esc'])).toMatchObject({ ui: { overlay: null }, intents: [] });
  });
});

describe('a key of its own does nothing by itself', () => {
  test('b opens the form of a breakpoint on the selected phase; Enter on Go on sets it there', () => {
    const on = pressing(uiOn('plan'), ['j', 'b']).ui;
    const phase = on.lists.plan.selected;
    expect(on.overlay).toMatchObject({ kind: 'form', values: { on: 'phase', phase } });
    expect(pressing(on, ['enter']).intents).toMatchObject([
      { kind: 'judge', action: 'breakpoint.set', args: { on: 'phase', phase } },
    ]);
  });
  test('m opens the form of a note, typed and then gone on with by Enter', () => {
    const on = update(uiOn('plan'), scene, 'm');
    expect(on.intent).toBeUndefined();
    expect(pressing(on.ui, [...'mine', 'enter']).intents).toMatchObject([
      { action: 'phase.note', args: { phase: drain, text: 'mine' } },
    ]);
  });
  test('an empty note is not asked for', () => {
    const { ui, intents } = pressing(update(uiOn('plan'), scene, 'm').ui, ['enter']);
    expect(intents).toEqual([]);
    expect(ui.overlay).toMatchObject({ problem: expect.stringContaining('"text" is missing') });
  });
  test('a number that is none is said to be none', () => {
    const on = pressing(uiOn('plan'), ['b', 'tab', 'j', 'j', 'j', 'tab', 'tab', '5', 'tab', 'enter']);
    expect(on.intents).toEqual([]);
    expect(on.ui.overlay).toMatchObject({ focus: 2, problem: expect.stringContaining('10 seconds or more') });
  });
  test('the breakpoint of the selected phase is the one offered to be cleared', () => {
    const breakpoints = [aBreakpoint({ phase: '/etcd' }), aBreakpoint({ phase: drain })];
    const set = sceneOf({ ...scene.cluster, breakpoints });
    const row = actionById('breakpoint.clear');
    expect(row && openAction(uiOn('plan'), set, { row, args: {} }).ui.overlay).toMatchObject({
      values: { breakpoint: `phase:${drain}` },
    });
  });
});

describe('what the agent says to what was given', () => {
  const asked = pressing(form, ['enter']).ui;

  test('a refusal stands in the form with the way out, and what was typed is still there', () => {
    const refused = judged('phase.set', { phase: '/masters', state: 'unstarted' });
    expect(refused.allowed).toBe(false);
    expect(cardEvents.judged(asked, 1, refused).overlay).toMatchObject({
      kind: 'form',
      values: { phase: drain },
      problem: expect.stringContaining(refused.reason ?? ''),
    });
  });

  test('that it does not answer stands there too', () => {
    expect(cardEvents.failed(asked, 1, 'no agent answers').overlay).toMatchObject({
      kind: 'form',
      problem: 'no agent answers',
    });
  });

  test('a yes is the card, which still asks for its word', () => {
    const yes = cardEvents.judged(asked, 1, judged('phase.set', { phase: drain, state: 'unstarted' }));
    expect(yes.overlay).toMatchObject({ kind: 'card', stage: 'ready', focus: 'no' });
    expect(pressing(yes, ['tab', 'enter']).intents).toEqual([]);
  });

  test('an answer to a card that was closed meanwhile changes nothing', () => {
    const closed = pressing(asked, ['esc']).ui;
    expect(cardEvents.failed(closed, 1, 'no agent answers')).toBe(closed);
  });
});
