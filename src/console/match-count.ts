import { matchesOf } from './items.ts';
import { outputMatches } from './output-search.ts';
import type { Scene } from './scene.ts';
import type { Ui } from './ui.ts';

/** How many items pass the filter of the screen shown, or how many lines of the output hold what is searched for. */
export function matchCount(scene: Scene, ui: Ui, where: 'filter' | 'find'): number {
  return where === 'filter' ? matchesOf(scene, ui).length : outputMatches(scene, ui).length;
}
