import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/actions/judge.ts';
import { cardEvents } from '../../../src/console/card-events.ts';
import type { Intent } from '../../../src/console/intent.ts';
import type { Key } from '../../../src/console/keys/key.ts';
import type { Ui } from '../../../src/console/ui.ts';
import { update } from '../../../src/console/update/update.ts';
import type { Judgement } from '../../../src/protocol/judgement.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, uiOn } from '../a-scene.ts';

const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));

function judged(action: string, args: Record<string, unknown>): Judgement {
  const verdict = judge({ cluster: scene.cluster, action, args, facts: { pods: null, agents: null, now } });
  return { schema: 1, id: 'judgement-1', ...verdict };
}

/** The card of a step, judged; on the terminal and armed unless said otherwise. */
function cardOf(judgement: Judgement, part: { drawn?: boolean; armed?: boolean } = {}): Ui {
  const asked = update(uiOn('plan'), scene, 'x').ui;
  let ui = cardEvents.judged(asked, asked.cards, judgement);
  if (part.drawn !== false) ui = cardEvents.drawn(ui, asked.cards);
  if (part.armed !== false) ui = cardEvents.armed(ui, asked.cards);
  return ui;
}

/** The same after a key came too early. */
function missing(ui: Ui): Ui {
  if (ui.overlay?.kind !== 'card') throw new Error('a card is open');
  return { ...ui, overlay: { ...ui.overlay, missed: true } };
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

const step = judged('operation.step', {});
const force = judged('phase.force', { phase: '/masters/master-2/drain' });

test('x asks the agent to judge the next leaf and does nothing else', () => {
  expect(update(uiOn('plan'), scene, 'x').intent).toEqual({
    kind: 'judge',
    card: 1,
    action: 'operation.step',
    args: {},
  });
});

test('x takes the leaf the operator chose', () => {
  const chosen = pressing(uiOn('plan'), ['j', 'k']).ui;
  expect(update(chosen, scene, 'x').intent).toMatchObject({ args: { phase: '/masters/master-2/drain' } });
});

describe('a card that asks yes or no', () => {
  test('Enter at once is No', () => {
    expect(pressing(cardOf(step), ['enter'])).toMatchObject({ ui: { overlay: null }, intents: [] });
  });
  test('Tab, then Enter starts it, taking the wheel when it is free', () => {
    expect(pressing(cardOf(step), ['tab', 'enter']).intents).toEqual([
      { kind: 'start', card: 1, judgementId: 'judgement-1', word: null, reason: null, drive: true },
    ]);
  });
  test('y, Y, x and space confirm nothing', () => {
    expect(pressing(cardOf(step), ['y', 'Y', 'x', 'space', 'tab', 'y', 'x']).intents).toEqual([]);
  });
  test('Tab leads back to No', () => {
    expect(pressing(cardOf(step), ['tab', 'tab', 'enter'])).toMatchObject({
      ui: { overlay: null },
      intents: [],
    });
  });
  test('Esc cancels, from Yes too', () => {
    expect(pressing(cardOf(step), ['tab', 'esc'])).toMatchObject({ ui: { overlay: null }, intents: [] });
  });
});

describe('keys typed ahead', () => {
  const burst: Key[] = ['tab', 'enter', 'm', 'tab', 'enter', 'enter'];
  test('before the agent has judged they are dropped', () => {
    const asked = update(uiOn('plan'), scene, 'x').ui;
    expect(pressing(asked, burst).ui.overlay).toEqual({ ...asked.overlay, missed: true });
  });
  test('before the card’s frame is on the terminal they are dropped', () => {
    const ui = cardOf(step, { drawn: false, armed: false });
    expect(pressing(ui, burst)).toEqual({ ui: missing(ui), intents: [] });
  });
  test('before 400 ms without a key they are dropped, and each begins the 400 ms again', () => {
    const ui = cardOf(step, { armed: false });
    expect(pressing(ui, burst)).toEqual({
      ui: missing(ui),
      intents: burst.map(() => ({ kind: 'rearm', card: 1 })),
    });
  });
  test('Enter on No does not leave the rest of them to the screen beneath', () => {
    const ui = missing(cardOf(step));
    const typed = pressing(ui, ['enter', ...'kubectl -n shop', 'enter']);
    expect(typed.intents).toEqual([]);
    expect(typed.ui.overlay).toMatchObject({
      kind: 'card',
      problem: expect.stringContaining('were dropped'),
    });
    expect(pressing(typed.ui, ['tab', 'enter']).intents).toMatchObject([{ kind: 'start' }]);
    expect(pressing(typed.ui, ['tab', 'tab', 'enter']).ui.overlay).toBeNull();
    expect(pressing(typed.ui, ['esc']).ui.overlay).toBeNull();
  });
  test('a card that closes by itself meanwhile takes no key for one of the screen’s', () => {
    const started = cardEvents.started(missing(cardOf(step)), 1, aRun());
    const typed = pressing(started, ['m', 'b', 'enter', 'q']);
    expect(typed.ui.overlay).toBeNull();
    expect(typed.intents.map(({ kind }) => kind)).toEqual(['settle', 'settle', 'settle', 'settle']);
  });
  test('a card that took every key closes and the next key counts', () => {
    const started = cardEvents.started(cardOf(step), 1, aRun());
    expect(pressing(started, ['m']).ui.overlay).not.toBeNull();
  });
  test('Esc cancels even then', () => {
    expect(pressing(cardOf(step, { drawn: false, armed: false }), ['esc']).ui.overlay).toBeNull();
  });
});

describe('a card that asks for a word', () => {
  test('the word, then Enter starts it', () => {
    expect(pressing(cardOf(force), [...'master-2', 'enter']).intents).toMatchObject([
      { kind: 'start', word: 'master-2' },
    ]);
  });
  test('another word starts nothing, and the card says so', () => {
    const { ui, intents } = pressing(cardOf(force), [...'master-3', 'enter']);
    expect(intents).toEqual([]);
    expect(ui.overlay).toMatchObject({ problem: 'Type master-2 exactly (entered: master-3).' });
  });
  test('Yes without the word starts nothing', () => {
    expect(pressing(cardOf(force), ['shift-tab', 'enter']).intents).toEqual([]);
  });
  test('backspace and ctrl-u correct it', () => {
    expect(pressing(cardOf(force), [...'mastex', 'backspace', ...'r-2', 'enter']).intents).toHaveLength(1);
    expect(pressing(cardOf(force), [...'wrong', 'ctrl-u', ...'master-2', 'enter']).intents).toHaveLength(1);
  });
});

test('a reason that is asked for must be given', () => {
  const expert = judged('phase.set', { phase: '/init/master-1', state: 'completed' });
  expect(expert.confirm.reason).toBe(true);
  const word = [...(expert.confirm.word ?? '')];
  const typed = pressing(cardOf(expert), [...word, 'enter']);
  expect(typed.intents).toEqual([]);
  expect(typed.ui.overlay).toMatchObject({ focus: 'reason' });
  expect(pressing(typed.ui, [...'because', 'enter']).intents).toMatchObject([
    { kind: 'start', reason: 'because' },
  ]);
});

test('what is refused cannot be started', () => {
  const refused = judged('phase.force', { phase: '/masters' });
  expect(refused.allowed).toBe(false);
  expect(pressing(cardOf(refused), ['tab', 'enter', 'tab', 'tab', 'enter']).intents).toEqual([]);
});

describe('what the agent answers', () => {
  test('a change since the judgement starts the card again from No and unarmed', () => {
    const yes = pressing(cardOf(force), [...'master-2', 'enter']).ui;
    const changed = cardEvents.changed(yes, 1, ['the node it runs on: master-1, now master-3']);
    expect(changed.overlay).toMatchObject({
      stage: 'asking',
      focus: 'no',
      word: '',
      drawn: false,
      armed: false,
    });
    expect(cardEvents.judged(changed, 1, force).overlay).toMatchObject({
      changed: ['the node it runs on: master-1, now master-3'],
    });
  });
  test('a refusal stands in the card', () => {
    const yes = pressing(cardOf(step), ['tab', 'enter']).ui;
    expect(cardEvents.refused(yes, 1, 'root@master-1 drives.').overlay).toMatchObject({
      stage: 'ready',
      focus: 'no',
      problem: 'root@master-1 drives.',
    });
  });
  test('a run that started closes the card and is the one the runs show', () => {
    const yes = pressing(cardOf(step), ['tab', 'enter']).ui;
    const started = cardEvents.started(yes, 1, aRun({ id: 'run-7' }));
    expect(started.overlay).toBeNull();
    expect(started.lists.runs.selected).toBe('run-7');
  });
  test('what is over when it is answered is said to be done, or why not', () => {
    const yes = pressing(cardOf(step), ['tab', 'enter']).ui;
    const part = { label: 'Note', steps: [] };
    expect(cardEvents.started(yes, 1, aRun({ ...part, state: 'done' })).notice).toEqual({
      text: 'Note done',
      tone: 'good',
    });
    expect(cardEvents.started(yes, 1, aRun({ ...part, state: 'failed', sentence: 'no' })).notice).toEqual({
      text: 'Note failed: no',
      tone: 'bad',
    });
  });
  test('an answer to a card that was closed changes nothing', () => {
    const closed = pressing(cardOf(step), ['esc']).ui;
    expect(cardEvents.judged(closed, 1, step)).toBe(closed);
    const another = update(closed, scene, 'x').ui;
    expect(cardEvents.judged(another, 1, step)).toBe(another);
  });
});
