import { describe, expect, test } from 'vitest';
import { screenText } from '../../screens/screen-text.ts';
import { planRows } from '../../src/console/view/plan.ts';
import type { ShownState } from '../../src/model/shown-states.ts';
import { type MarkName, marks } from '../../src/theme/marks.ts';
import { clusterOf, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const leafStates = ['completed', 'running', 'unseen', 'failed', 'rolled_back', 'unstarted'] as const;
/** Marks that stand in one list without a word beside them. */
const lists: Record<string, readonly MarkName[]> = {
  'leaves of a plan': [...leafStates, 'unknown'],
  'groups of a plan': ['completed', 'running', 'partly', 'failed', 'rolled_back', 'unstarted', 'unknown'],
};

describe('no state is told by colour alone', () => {
  for (const [list, names] of Object.entries(lists))
    for (const kind of ['mark', 'ascii'] as const)
      test(`the marks of ${list} differ as ${kind}`, () => {
        const drawn = names.map((name) => marks[name][kind]);
        expect(new Set(drawn).size).toBe(names.length);
      });
  test('every mark has a word of its own', () => {
    const words = Object.values(marks).map(({ word }) => word);
    expect(new Set(words).size).toBe(words.length);
  });
  for (const ascii of [false, true])
    test(`a leaf in any state is a line unlike that of any other state, ${ascii ? 'in ASCII' : 'in marks'}`, () => {
      const lines = leafStates.map((state) => lineOf('/init/master-1', state, ascii));
      expect(new Set(lines).size).toBe(leafStates.length);
    });
  test('read aloud, every state is its word', () => {
    const cluster = clusterOf(recordedPlan('failed-3m2w'));
    const text = screenText(sceneOf(cluster), uiOn('plan'));
    expect(text).toMatch(/^ *completed init/m);
    expect(text).toMatch(/^\*? *failed drain/m);
    expect(text).toMatch(/^ *unstarted system-upgrade/m);
  });
});

/** The line of a leaf without any role: what is left where no colour and no weight is seen. */
function lineOf(id: string, state: ShownState, ascii: boolean): string {
  const cluster = clusterOf(recordedPlan('fresh-3m2w'));
  const scene = sceneOf(cluster, { states: new Map([[id, state]]), look: { ascii, colour: false } });
  const rows = textOf(planRows(scene, uiOn('plan', { folds: { '/init': true } })));
  return rows.find((row, index) => index > 1 && /master-1/.test(row)) ?? '';
}
