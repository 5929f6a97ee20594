import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/actions/judge.ts';
import { cardEvents } from '../../../src/console/card-events.ts';
import type { Key } from '../../../src/console/keys/key.ts';
import { menuEntries } from '../../../src/console/menu-entries.ts';
import type { Ui } from '../../../src/console/ui.ts';
import type { Step } from '../../../src/console/update/step.ts';
import { update } from '../../../src/console/update/update.ts';
import { whyEvents } from '../../../src/console/why-events.ts';
import { whyOf } from '../../../src/model/why/why.ts';
import type { Why } from '../../../src/protocol/why.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, uiOn } from '../a-scene.ts';

const drain = '/masters/master-2/drain';
const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));

const answer: Why = {
  id: 'drain',
  phase: drain,
  question: `Why did ${drain} fail?`,
  causes: [{ text: 'a pod could not be evicted', source: 'plan', at: new Date(now - 1000).toISOString() }],
  next: {
    what: 'action',
    text: 'execute it again',
    action: 'operation.step',
    args: { phase: drain },
    commands: [`/opt/image/gravity plan execute --phase=${drain}`],
  },
  after: null,
};

function pressing(ui: Ui, keys: readonly Key[], on = scene): Step {
  return keys.reduce<Step>((step, key) => update(step.ui, on, key), { ui });
}

function answered(ui = uiOn('plan'), why = answer): Ui {
  const asked = update(ui, scene, 'w').ui;
  return whyEvents.answered(asked, asked.cards, { why, at: now, standing: '' });
}

describe('w asks the agent', () => {
  const screens = [
    ['of the plan, about the phase the cursor is on', 'plan', { phase: drain, refusal: null }],
    ['of the overview, about the operation', 'overview', { phase: null, refusal: null }],
    [
      'of the nodes, about the node the cursor is on',
      'nodes',
      { phase: null, refusal: null, node: 'master-1' },
    ],
  ] as const;
  for (const [where, screen, about] of screens)
    test(where, () => {
      expect(update(uiOn(screen), scene, 'w').intent).toEqual({ kind: 'why', id: 1, about });
    });

  test('of a run that failed, about its leaf and what it said', () => {
    const run = aRun({ state: 'failed', sentence: 'it failed', exitCode: 255 });
    const runs = sceneOf(clusterOf(scene.cluster.plan, { runs: [run] }));
    expect(update(uiOn('runs'), runs, 'w').intent).toMatchObject({
      about: { phase: '/init', refusal: 'it failed' },
    });
  });

  test('of the menu, about the refusal of the marked action', () => {
    const menu = update(uiOn('plan'), scene, 'a').ui;
    const entries = menuEntries(scene, menu);
    const at = entries.findIndex(({ refusal }) => refusal !== null);
    const marked = pressing(
      menu,
      Array.from({ length: at }, () => 'j'),
    );
    const step = update(marked.ui, scene, 'w');
    expect(step.intent).toMatchObject({ about: { refusal: entries[at]?.refusal?.sentence } });
    expect(update(step.ui, scene, 'esc').ui.overlay).toEqual(marked.ui.overlay);
  });

  test('of words nobody knows more about, the way out that was said with the refusal stays', () => {
    const menu = update(uiOn('plan'), scene, 'a').ui;
    const entries = menuEntries(scene, menu);
    const at = entries.findIndex(({ refusal }) => refusal?.sentence === 'nobody drives');
    const keys = Array.from({ length: at }, () => 'j');
    const { ui } = update(pressing(menu, keys).ui, scene, 'w');
    const question = { phase: null, refusal: 'nobody drives' };
    const unknown = whyOf({ cluster: scene.cluster, question, facts: { now: scene.now } });
    const id = ui.overlay?.kind === 'why' ? ui.overlay.id : -1;
    const { overlay } = whyEvents.answered(ui, id, { why: unknown, at: scene.now, standing: '' });
    expect(overlay).toMatchObject({ answer: { next: { text: 'there is nothing to release' } } });
  });

  test('what a form asks for first is offered, not refused', () => {
    const entries = menuEntries(scene, update(uiOn('plan'), scene, 'a').ui);
    const note = entries.find(({ row }) => row.id === 'phase.note');
    expect(note).toMatchObject({ asks: ['text'], refusal: null });
  });

  test('of a refused card, about its refusal; Esc goes back to the card', () => {
    const args = { phase: '/masters/master-3/drain' };
    const verdict = judge({
      cluster: scene.cluster,
      action: 'phase.execute',
      args,
      facts: { pods: null, agents: null, now },
    });
    expect(verdict.allowed).toBe(false);
    const menu = update(uiOn('plan'), scene, 'x').ui;
    const card = menu.overlay?.kind === 'card' ? { ...menu.overlay, args } : null;
    let ui: Ui = { ...menu, overlay: card };
    ui = cardEvents.judged(ui, 1, { schema: 1, id: 'judgement-1', ...verdict });
    ui = cardEvents.armed(cardEvents.drawn(ui, 1), 1);
    const step = update(ui, scene, 'w');
    expect(step.intent).toMatchObject({ about: { phase: args.phase, refusal: verdict.reason } });
    expect(update(step.ui, scene, 'esc').ui.overlay).toEqual(ui.overlay);
  });

  test('but w is a letter where a word is typed', () => {
    const args = { phase: '/init/worker-1' };
    const verdict = judge({
      cluster: scene.cluster,
      action: 'phase.force',
      args,
      facts: { pods: null, agents: null, now },
    });
    let ui = update(uiOn('plan'), scene, 'x').ui;
    ui = cardEvents.judged(ui, 1, { schema: 1, id: 'judgement-1', ...verdict });
    ui = cardEvents.armed(cardEvents.drawn(ui, 1), 1);
    expect(update(ui, scene, 'w')).toMatchObject({ ui: { overlay: { kind: 'card', word: 'w' } } });
  });
});

describe('the answer', () => {
  test('that comes after the question was closed, or after another was asked, is dropped', () => {
    const asked = update(uiOn('plan'), scene, 'w').ui;
    const closed = update(asked, scene, 'esc').ui;
    expect(whyEvents.answered(closed, 1, { why: answer, at: now, standing: '' })).toBe(closed);
    const again = update(asked, scene, 'w').ui;
    expect(whyEvents.answered(again, 1, { why: answer, at: now, standing: '' })).toBe(again);
    expect(whyEvents.answered(again, 2, { why: answer, at: now, standing: '' })).not.toBe(again);
  });

  test('opens the card of the advised action with Enter, and starts nothing', () => {
    const step = update(answered(), scene, 'enter');
    expect(step.ui.overlay).toMatchObject({ kind: 'card', action: 'operation.step', stage: 'asking' });
    expect(step.intent).toMatchObject({ kind: 'judge', action: 'operation.step', args: { phase: drain } });
  });

  test('that advises hand work or waiting opens nothing', () => {
    for (const what of ['hand', 'wait'] as const) {
      const ui = answered(uiOn('plan'), { ...answer, next: { ...answer.next, what, action: null } });
      const step = update(ui, scene, 'enter');
      expect(step).toMatchObject({ ui: { overlay: ui.overlay, notice: { tone: 'plain' } } });
      expect(step.intent).toBeUndefined();
    }
  });

  test('that advises what this console does not know opens nothing', () => {
    const ui = answered(uiOn('plan'), { ...answer, next: { ...answer.next, action: 'phase.unheard-of' } });
    expect(update(ui, scene, 'enter')).toMatchObject({ ui: { overlay: ui.overlay } });
    expect(update(ui, scene, 'enter').intent).toBeUndefined();
  });

  test('is copied: its commands, or the whole of it, and stays open', () => {
    const choice = update(answered(), scene, 'y').ui;
    const copied = update(choice, scene, 'y');
    expect(copied.intent).toMatchObject({ kind: 'copy', text: answer.next.commands[0], toFile: false });
    expect(copied.ui.overlay).toMatchObject({ kind: 'why' });
    expect(pressing(choice, ['j', 'enter']).intent).toMatchObject({
      text: expect.stringContaining('a pod could not be evicted  plan, 1s ago'),
    });
  });

  test('is asked for again with w, about the same', () => {
    const again = update(answered(), scene, 'w');
    expect(again.intent).toEqual({ kind: 'why', id: 2, about: { phase: drain, refusal: null } });
    expect(again.ui.overlay).toMatchObject({ answer: null });
  });

  test('scrolls as far as there is text and no further', () => {
    const causes = Array.from({ length: 40 }, () => answer.causes).flat();
    const long = answered(uiOn('plan'), { ...answer, causes });
    const end = pressing(
      long,
      Array.from({ length: 30 }, () => 'ctrl-d'),
    ).ui;
    expect(pressing(end, ['j']).ui.overlay).toEqual(end.overlay);
    const start = pressing(
      end,
      Array.from({ length: 30 }, () => 'ctrl-u'),
    ).ui;
    expect(start.overlay).toMatchObject({ top: 0 });
  });
});
