import { operationRuns, runOfPhase } from '../../model/operation-runs.ts';
import { timeModes } from '../format/instant.ts';
import { cursorOf, matchesOf } from '../items.ts';
import type { CommandName } from '../keymap.ts';
import { hasSecondPane } from '../layout.ts';
import { toOutputMatch } from '../output-search.ts';
import { openGroups } from '../plan-items.ts';
import type { Scene } from '../scene.ts';
import { selection } from '../selection.ts';
import { treeChoice } from '../tree-choice.ts';
import { currentList, type Ui, withList } from '../ui.ts';
import { whyAbout } from '../why-about.ts';
import { openCopy } from './copy.ts';
import { halfPage, move } from './move.ts';
import { toNextFailure } from './next-failure.ts';
import { openWhy } from './open-why.ts';
import { openHelp } from './runbook.ts';
import type { Handler, Step } from './step.ts';

const far = 1_000_000;

/** What each command of the keymap does on a screen; overlays answer for their own. */
export const commands: Record<CommandName, Handler> = {
  down: (ui, scene) => ({ ui: move(ui, scene, 1) }),
  up: (ui, scene) => ({ ui: move(ui, scene, -1) }),
  'page-down': (ui, scene) => ({ ui: move(ui, scene, halfPage(ui, scene)) }),
  'page-up': (ui, scene) => ({ ui: move(ui, scene, -halfPage(ui, scene)) }),
  first: (ui, scene) => ({ ui: move(ui, scene, -far) }),
  last: (ui, scene) => ({ ui: move(ui, scene, far) }),
  menu: (ui) => ({ ui: { ...ui, overlay: { kind: 'menu', selected: 0 } } }),
  help: (ui, scene) => ({ ui: openHelp(ui, scene) }),
  check: (ui) => ({ ui }),
  palette: (ui) => ({ ui: { ...ui, overlay: { kind: 'palette', query: '', selected: 0 } } }),
  search: (ui) => ({ ui: openSearch(ui) }),
  'match-next': (ui, scene) => ({ ui: toMatch(ui, scene, 1) }),
  'match-previous': (ui, scene) => ({ ui: toMatch(ui, scene, -1) }),
  'time-mode': (ui) => ({ ui: nextTimeMode(ui) }),
  repaint: (ui) => ({ ui, intent: { kind: 'repaint' } }),
  suspend: (ui) => ({ ui, intent: { kind: 'suspend' } }),
  leave: (ui) => ({ ui, intent: { kind: 'quit' } }),
  quit: (ui) => (isInside(ui) ? { ui: back(ui) } : { ui, intent: { kind: 'quit' } }),
  back: (ui) => ({ ui: back(ui) }),
  into,
  out,
  pane: (ui, scene) => ({ ui: switchPane(ui, scene) }),
  'next-failure': (ui, scene) => ({ ui: toNextFailure(ui, scene) }),
  follow: (ui) => ({ ui: withList(ui, { selected: null, detail: false, detailTop: 0 }) }),
  gantt: (ui) => ({ ui: withList({ ...ui, gantt: !ui.gantt }, { detail: false, detailTop: 0 }) }),
  output: (ui, scene) => ({ ui: showOutput(ui, scene) }),
  accept: (ui) => ({ ui }),
  copy: (ui, scene) => openCopy(ui, scene, false),
  'copy-to-file': (ui, scene) => openCopy(ui, scene, true),
  why: (ui, scene) => openWhy(ui, whyAbout(scene, ui)),
  linear: (ui) => ({ ui: { ...ui, linear: true, overlay: null }, intent: { kind: 'linear' } }),
  standing: (ui) => ({ ui, intent: { kind: 'say', what: 'standing' } }),
};

/** The focus goes to the other pane where there is one on the screen, and never to what cannot be seen. */
function switchPane(ui: Ui, { size }: Scene): Ui {
  const { detail } = currentList(ui);
  return detail || hasSecondPane(ui.screen, size, isGantt(ui))
    ? withList(ui, { detail: !detail, detailTop: 0 })
    : ui;
}

/** A run's output with the focus is searched, a list is filtered. */
function openSearch(ui: Ui): Ui {
  const where = searchesOutput(ui) ? 'find' : 'filter';
  return { ...ui, overlay: { kind: 'search', text: currentList(ui)[where], in: where } };
}

function searchesOutput(ui: Ui): boolean {
  return ui.screen === 'runs' && ui.lists.runs.detail;
}

/** Enter opens a closed group; on everything else it gives the details the focus. */
function into(ui: Ui, scene: Scene): Step {
  const id = cursorOf(scene, ui);
  if (id === null) return { ui };
  const node = ui.screen === 'plan' ? scene.tree.byId.get(id) : undefined;
  const closed =
    node !== undefined &&
    !node.phase.leaf &&
    currentList(ui).filter === '' &&
    !openGroups(scene.tree, treeChoice(ui, scene))(node);
  if (closed && !currentList(ui).detail)
    return { ui: withList({ ...ui, folds: { ...ui.folds, [id]: true } }, { selected: id }) };
  return { ui: withList(ui, { selected: id, detail: true, detailTop: 0 }) };
}

/** Back to the list; in the tree, an open group is closed and anything else leads to its parent. */
function out(ui: Ui, scene: Scene): Step {
  if (currentList(ui).detail) return { ui: back(ui) };
  const node = ui.screen === 'plan' ? scene.tree.byId.get(cursorOf(scene, ui) ?? '') : undefined;
  if (node === undefined) return { ui };
  const { id, leaf, parent } = node.phase;
  if (!leaf && openGroups(scene.tree, treeChoice(ui, scene))(node))
    return { ui: withList({ ...ui, folds: { ...ui.folds, [id]: false } }, { selected: id }) };
  return { ui: parent === null ? ui : withList(ui, { selected: parent }) };
}

function isInside(ui: Ui): boolean {
  const list = currentList(ui);
  return list.detail || list.filter !== '' || isGantt(ui);
}

function isGantt(ui: Ui): boolean {
  return ui.gantt && ui.screen === 'plan';
}

/**
 * One step outwards: from the details to the list, then from the filtered list to the whole, then from the Gantt to the
 * tree; never out of the console.
 */
function back(ui: Ui): Ui {
  if (searchesOutput(ui) && ui.lists.runs.find !== '') return withList(ui, { find: '', found: null });
  if (currentList(ui).detail) return whereItCameFrom(withList(ui, { detail: false, detailTop: 0 }));
  if (currentList(ui).filter !== '') return withList(ui, { filter: '' });
  return isGantt(ui) ? { ...ui, gantt: false } : ui;
}

/** The output of a check was opened from the screen of its phase. */
function whereItCameFrom(ui: Ui): Ui {
  const { cameFrom } = ui;
  if (cameFrom === null || ui.screen !== 'runs' || ui.lists.runs.selected !== cameFrom.run) return ui;
  return { ...ui, screen: cameFrom.screen, cameFrom: null };
}

function toMatch(ui: Ui, scene: Scene, way: 1 | -1): Ui {
  if (searchesOutput(ui)) return ui.lists.runs.find === '' ? ui : toOutputMatch(ui, scene, way);
  const matches = matchesOf(scene, ui);
  if (matches.length === 0) return ui;
  const at = matches.indexOf(cursorOf(scene, ui) ?? '');
  const next = (at + way + matches.length) % matches.length;
  const selected = matches[next] ?? null;
  return {
    ...withList(ui, { selected, detailTop: 0 }),
    notice: { text: `match ${next + 1} of ${matches.length}`, tone: 'plain' },
  };
}

function nextTimeMode(ui: Ui): Ui {
  const time = timeModes[(timeModes.indexOf(ui.time) + 1) % timeModes.length] ?? 'utc';
  return { ...ui, time, notice: { text: `times are ${time === 'utc' ? 'UTC' : time}`, tone: 'plain' } };
}

/** Where the output is shown in full: of the selected run, of the newest run of the selected phase, else of this operation. */
function showOutput(ui: Ui, scene: Scene): Ui {
  const chosen = ui.screen === 'runs' ? cursorOf(scene, ui) : runToShow(ui, scene);
  if (!chosen)
    return {
      ...ui,
      notice: { text: 'nothing of this operation has been run through this agent yet', tone: 'plain' },
    };
  return withList({ ...ui, screen: 'runs' }, { selected: chosen, detail: true, detailTop: 0 });
}

/** Notes, breakpoints and the like are runs too, and print nothing. */
function runToShow(ui: Ui, scene: Scene): string | null {
  const { phase } = selection(scene, ui);
  const about = phase === undefined ? null : runOfPhase(scene.cluster, phase);
  const newest = operationRuns(scene.cluster).find(({ steps }) =>
    steps.some(({ program }) => program === 'gravity'),
  );
  return (about ?? newest)?.id ?? null;
}
