import type { Cluster } from '../protocol/cluster.ts';
import { listHeight } from './layout.ts';
import type { Scene } from './scene.ts';
import type { Ui } from './ui.ts';

/** How many items of the list of the screen shown are on it at once. */
export function listLines(scene: Scene, ui: Ui): number {
  return ui.screen === 'plan' ? treeLines(scene, ui) : listHeight(ui.screen, scene.size, ui.gantt);
}

/** Of the plan, as a tree: the autopilot has a line of its own above the names of the columns. */
export function treeLines({ cluster, size }: Scene, ui: Ui): number {
  const height = listHeight('plan', size, ui.gantt && !ui.linear);
  return Math.max(1, height - autopilotLines(cluster, ui));
}

/** How many lines the autopilot has above the tree. */
export function autopilotLines({ autopilot }: Cluster, ui: Ui): number {
  return autopilot === null || (ui.gantt && !ui.linear) ? 0 : 1;
}
