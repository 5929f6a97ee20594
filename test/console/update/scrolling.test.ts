import { describe, expect, test } from 'vitest';
import { frameRows } from '../../../screens/frame.ts';
import type { Key } from '../../../src/console/keys/key.ts';
import type { Scene } from '../../../src/console/scene.ts';
import type { Ui } from '../../../src/console/ui.ts';
import { update } from '../../../src/console/update/update.ts';
import { aRun, clusterOf, recordedPlan, sceneOf, textOf, uiOn } from '../a-scene.ts';

const lines = Array.from({ length: 300 }, (_, line) =>
  line % 100 === 50 ? `line ${line} refused` : `line ${line}`,
);
const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w'), { runs: [aRun()] }), {
  output: { run: 'run-1', lines, skipped: 0, problem: null },
});

function pressed(ui: Ui, keys: readonly Key[], on: Scene = scene): Ui {
  return keys.reduce((now, key) => update(now, on, key).ui, ui);
}

function shown(ui: Ui, on: Scene = scene): string {
  return textOf(frameRows(on, ui)).join('\n');
}

describe('the output of a run', () => {
  const open = pressed(uiOn('runs'), ['enter']);
  test('shows its end', () => expect(shown(open)).toContain('line 299'));
  test('scrolls to its first line and no further', () => {
    const top = pressed(open, ['home', 'k', 'k', 'ctrl-u']);
    expect(shown(top)).toContain(' line 0\n');
    expect(shown(pressed(top, ['j']))).not.toContain(' line 0\n');
    expect(shown(pressed(top, ['G']))).toContain('line 299');
  });
  test('is searched as a whole, from its end, with a count', () => {
    const found = pressed(open, ['/', ...'REFUSED', 'enter']);
    expect(found.notice?.text).toBe('match 3 of 3');
    expect(shown(found)).toContain('line 250 refused');
    const before = pressed(found, ['N']);
    expect(before.notice?.text).toBe('match 2 of 3');
    expect(shown(before)).toContain('line 150 refused');
    expect(pressed(before, ['n']).notice?.text).toBe('match 3 of 3');
  });
  test('says when it holds nothing of the kind', () => {
    expect(pressed(open, ['/', ...'absent', 'enter']).notice?.text).toBe(
      'nothing in the output holds absent',
    );
  });
  test('Esc ends the search, then leaves the output, and never the console', () => {
    const found = pressed(open, ['/', ...'refused', 'enter']);
    const ended = pressed(found, ['esc']);
    expect(ended.lists.runs).toMatchObject({ find: '', detail: true });
    expect(pressed(ended, ['esc']).lists.runs.detail).toBe(false);
  });
});

describe('details and the overview', () => {
  const small: Scene = { ...scene, size: { columns: 80, rows: 12 } };
  test('scroll to their last line and no further, so that one step back shows', () => {
    const detail = pressed(uiOn('plan'), ['enter', 'G'], small);
    const { detailTop } = detail.lists.plan;
    expect(detailTop).toBeGreaterThan(0);
    expect(pressed(detail, ['j', 'j'], small).lists.plan.detailTop).toBe(detailTop);
    expect(pressed(detail, ['k'], small).lists.plan.detailTop).toBe(detailTop - 1);
  });
  test('the overview too', () => {
    const tiny: Scene = { ...scene, size: { columns: 80, rows: 9 } };
    const end = pressed(uiOn('overview'), ['G'], tiny);
    expect(end.lists.overview.top).toBeGreaterThan(0);
    expect(pressed(end, ['j'], tiny).lists.overview.top).toBe(end.lists.overview.top);
    expect(pressed(end, ['home'], tiny).lists.overview.top).toBe(0);
  });
});
