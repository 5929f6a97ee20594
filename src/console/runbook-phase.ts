import { indexPlan } from '../model/phase-tree.ts';
import { tellingLeaf } from '../model/runbook/telling-leaf.ts';
import { cursorOf } from './items.ts';
import type { Scene } from './scene.ts';
import type { Ui } from './ui.ts';

/** The leaf whose runbook belongs to what is selected in the plan; null on every other screen. */
export function runbookPhase(scene: Scene, ui: Ui): string | null {
  const { plan } = scene.cluster;
  const cursor = ui.screen === 'plan' ? cursorOf(scene, ui) : null;
  if (plan === null || cursor === null) return null;
  return tellingLeaf(indexPlan(plan), cursor)?.id ?? null;
}
