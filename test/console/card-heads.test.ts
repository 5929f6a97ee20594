import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import { cardEvents } from '../../src/console/card-events.ts';
import { controlNotice } from '../../src/console/control-notice.ts';
import type { Key } from '../../src/console/keys/key.ts';
import type { Scene } from '../../src/console/scene.ts';
import type { Ui } from '../../src/console/ui.ts';
import { update } from '../../src/console/update/update.ts';
import { cardRows } from '../../src/console/view/card.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Judgement } from '../../src/protocol/judgement.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from './a-scene.ts';

const plan = recordedPlan('failed-3m2w');
const size = { columns: 120, rows: 60 };
const bob = { user: 'root', from: '10.0.0.7', tty: 'pts/3', console: 'console-of-bob' };
const since = new Date(now - 60_000).toISOString();
const held = { holder: bob, since, reason: null };

function judged(cluster: Cluster, action: string, args: Record<string, unknown>): Judgement {
  const verdict = judge({ cluster, action, args, facts: { pods: null, agents: null, now } });
  return { schema: 1, id: 'judgement-1', ...verdict };
}

/** The judged card of an action on the screen, ready to take keys. */
function cardOf(scene: Scene, judgement: Judgement): Ui {
  const asked = update(uiOn('plan'), scene, 'x').ui;
  const ui = cardEvents.judged(asked, asked.cards, judgement);
  return cardEvents.armed(cardEvents.drawn(ui, asked.cards), asked.cards);
}

function shown(scene: Scene, { overlay }: Ui): string {
  if (overlay?.kind !== 'card') throw new Error('no card is open');
  return textOf(cardRows(scene, overlay)).join('\n');
}

const pressed = (scene: Scene, ui: Ui, keys: readonly Key[]): Ui =>
  keys.reduce((before, key) => update(before, scene, key).ui, ui);

describe('a card that needs control', () => {
  const force = { phase: '/masters/master-2/drain' };

  test('takes it where it is free, says so first, and asks for it when confirmed', () => {
    const cluster = clusterOf(plan);
    const scene = sceneOf(cluster, { size });
    const ui = cardOf(scene, judged(cluster, 'operation.step', {}));
    expect(shown(scene, ui)).toMatch(/control +takes control \(free now\).*about +master-2/s);
    expect(update(pressed(scene, ui, ['tab']), scene, 'enter').intent).toMatchObject({
      kind: 'start',
      drive: true,
    });
  });

  test('says who has it and since when before anything is typed, and has nothing to type', () => {
    const cluster = { ...clusterOf(plan), wheel: held };
    const scene = sceneOf(cluster, { size });
    const ui = cardOf(scene, judged(cluster, 'phase.force', force));
    expect(shown(scene, ui)).toMatch(/control +root@10\.0\.0\.7 \(pts\/3\) has control since 10:02:00/);
    expect(shown(scene, ui)).toContain('wheel.take');
    expect(shown(scene, ui)).not.toContain('Type master-2');
    const typed = pressed(scene, ui, ['m', 'tab', 'enter']);
    expect(typed.overlay).toMatchObject({ kind: 'card', word: '', stage: 'ready' });
  });

  test('says nothing of it where this console has it', () => {
    const mine = { ...held, holder: { ...bob, console: sceneOf(clusterOf(plan)).console } };
    const cluster = { ...clusterOf(plan), wheel: mine };
    const scene = sceneOf(cluster, { size });
    expect(shown(scene, cardOf(scene, judged(cluster, 'operation.step', {})))).not.toMatch(/^ +control/m);
  });

  test('is no matter of an interrupt, whoever has control', () => {
    const cluster = { ...clusterOf(plan), wheel: held, runs: [aRun({ state: 'running' })] };
    const scene = sceneOf(cluster, { size });
    const ui = cardOf(scene, judged(cluster, 'run.interrupt', {}));
    expect(update(pressed(scene, ui, ['tab']), scene, 'enter').intent).toMatchObject({ kind: 'start' });
  });
});

test('a card behind a run says first what it queues behind, and its button is Queue it', () => {
  const run = aRun({ state: 'running', label: 'Step', lane: 'cluster', startedAt: since, finishedAt: null });
  const cluster = clusterOf(plan, { runs: [run] });
  const scene = sceneOf(cluster, { size });
  const ui = cardOf(scene, judged(cluster, 'operation.step', {}));
  const rows = shown(scene, ui).split('\n');
  expect(rows.findIndex((row) => row.includes('QUEUES behind Step'))).toBeLessThan(
    rows.findIndex((row) => row.includes('about ')),
  );
  expect(shown(scene, ui)).toContain('Queue it');
  const queued = cardEvents.started(ui, ui.cards, aRun({ state: 'queued' }));
  expect(queued.notice?.text).toContain('queued (#1)');
});

test('all phases can be unfolded on the card, and folded again', () => {
  const cluster = clusterOf(plan);
  const scene = sceneOf(cluster, { size });
  const judgement = judged(cluster, 'phase.execute', { phase: '/nodes' });
  const resume = judged(cluster, 'operation.resume', {});
  const { impact } = judgement.impact.leaves.length > 4 ? judgement : resume;
  const last = impact.leaves[7] ?? '';
  expect(last).not.toBe('');
  const ui = cardOf(scene, { ...resume, impact });
  expect(shown(scene, ui)).not.toContain(last);
  const unfolded = pressed(scene, ui, ['ctrl-d']);
  expect(shown(scene, unfolded)).toContain(last);
  expect(shown(scene, pressed(scene, unfolded, ['ctrl-d']))).not.toContain(last);
});

describe('a console that loses control', () => {
  const mine = { ...bob, console: 'console-of-ann' };
  const taken = {
    kind: 'wheel.taken',
    seen: since,
    wheel: { ...held, reason: 'lunch' },
    from: mine,
  } as const;

  test('is told who took it, and why', () => {
    expect(controlNotice(taken, 'console-of-ann')).toEqual({
      text: 'root@10.0.0.7 (pts/3) took control from you: lunch',
      tone: 'bad',
    });
  });

  test('is the only one that is told', () => {
    expect(controlNotice(taken, 'console-of-bob')).toBeNull();
    expect(controlNotice({ ...taken, from: null }, 'console-of-ann')).toBeNull();
  });
});
