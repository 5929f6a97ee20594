import { describe, expect, test } from 'vitest';
import { cursorOf } from '../../src/console/items.ts';
import { planItems } from '../../src/console/plan-items.ts';
import type { Scene } from '../../src/console/scene.ts';
import { treeChoice } from '../../src/console/tree-choice.ts';
import type { Ui } from '../../src/console/ui.ts';
import { clusterOf, recordedPlan, sceneOf, uiOn } from './a-scene.ts';

const leaf = '/masters/master-3/drain';

/** Every leaf completed: no group is open by itself. */
const done = recordedPlan('failed-3m2w');
const scene = sceneOf(
  clusterOf({ ...done, phases: done.phases.map((phase) => ({ ...phase, state: 'completed' as const })) }),
);

function selecting(selected: string, folds: Ui['folds'] = {}): Ui {
  const { lists } = uiOn('plan');
  return uiOn('plan', { folds, lists: { ...lists, plan: { ...lists.plan, selected } } });
}

function shown(of: Scene, ui: Ui): string[] {
  return planItems(of.tree, treeChoice(ui, of)).map((node) => node.phase.id);
}

describe('the selected phase', () => {
  test('stays in sight when its groups would fold themselves', () => {
    expect(shown(scene, selecting(leaf))).toContain(leaf);
    expect(cursorOf(scene, selecting(leaf))).toBe(leaf);
  });
  test('gives the cursor to the nearest group in sight when the operator folded it away', () => {
    expect(cursorOf(scene, selecting(leaf, { '/masters/master-3': false }))).toBe('/masters/master-3');
    expect(cursorOf(scene, selecting(leaf, { '/masters': false }))).toBe('/masters');
  });
  test('that left the plan gives the cursor to what the console follows', () => {
    const failed = sceneOf(clusterOf(done));
    expect(cursorOf(failed, selecting('/gone'))).toBe('/masters/master-2/drain');
  });
});
