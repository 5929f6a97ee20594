import { actionById } from '../actions/table.ts';
import { nextLeaf } from '../model/next-leaf.ts';
import { knownState } from '../model/observed-plan.ts';
import type { Scene } from './scene.ts';
import { argsFor } from './selection.ts';
import type { Ui } from './ui.ts';

/** The id of the phase that a step would execute now; null where there is none, or it is in progress already. */
export function nextStep(scene: Scene, ui: Ui): string | null {
  const { cluster, tree } = scene;
  const row = actionById('operation.step');
  if (cluster.plan === null || row === undefined) return null;
  const chosen = argsFor(row, scene, ui)['phase'];
  const phase = typeof chosen === 'string' ? tree.byId.get(chosen)?.phase : nextLeaf(cluster.plan);
  return phase == null || knownState(cluster, phase) === 'in_progress' ? null : phase.id;
}
