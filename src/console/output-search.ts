import { bodyHeight } from './layout.ts';
import type { Scene } from './scene.ts';
import type { Ui } from './ui.ts';
import { withListOf } from './ui.ts';

/** The lines of the output that hold what is searched for: of the whole buffer, not of what is on the screen. */
export function outputMatches(scene: Scene, ui: Ui): number[] {
  const find = ui.lists.runs.find.toLowerCase();
  if (find === '') return [];
  return scene.output.lines.flatMap((line, index) => (line.toLowerCase().includes(find) ? [index] : []));
}

/** Scrolls to the next match in a direction, or to the last one; says which of how many it is. */
export function toOutputMatch(ui: Ui, scene: Scene, way: 1 | -1 | 'last'): Ui {
  const matches = outputMatches(scene, ui);
  if (matches.length === 0)
    return { ...ui, notice: { text: `nothing in the output holds ${ui.lists.runs.find}`, tone: 'plain' } };
  const at = matches.indexOf(ui.lists.runs.found ?? -1);
  const next = way === 'last' || at < 0 ? matches.length - 1 : (at + way + matches.length) % matches.length;
  const found = matches[next] ?? 0;
  // A third of the screen stays below the match, so that what it led to is read with it.
  const below = Math.floor(bodyHeight(scene.size) / 3);
  const detailTop = Math.max(0, scene.output.lines.length - 1 - found - below);
  return {
    ...withListOf(ui, 'runs', { found, detailTop }),
    notice: { text: `match ${next + 1} of ${matches.length}`, tone: 'plain' },
  };
}
