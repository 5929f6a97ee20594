import { judge, type Verdict } from '../actions/judge.ts';
import type { ActionRow, Facts, Scope } from '../actions/row.ts';
import { actions } from '../actions/table.ts';
import type { Scene } from './scene.ts';
import { screenRow } from './screen-table.ts';
import { argsFor, fits } from './selection.ts';
import type { Ui } from './ui.ts';

/** An action of the menu with what it would do to the selection, or why it may not. */
export type MenuEntry = { row: ActionRow; args: Record<string, unknown>; verdict: Verdict };

/** All actions that fit what is selected, those about the selection itself first; the agent judges again when one is opened, this is a courtesy. */
export function menuEntries(scene: Scene, ui: Ui): MenuEntry[] {
  const scopes: readonly Scope[] = screenRow(ui.screen).scopes;
  const rows = actions.filter((row) => !row.expert && fits(row, ui));
  return scopes
    .flatMap((scope) => rows.filter((row) => row.scope === scope))
    .map((row) => menuEntry(row, scene, ui));
}

function menuEntry(row: ActionRow, scene: Scene, ui: Ui): MenuEntry {
  const args = argsFor(row, scene, ui);
  return {
    row,
    args,
    verdict: judge({ cluster: scene.cluster, action: row.id, args, facts: knownFacts(scene) }),
  };
}

/** What the console knows without asking: pods are unknown here, and said to be. */
function knownFacts(scene: Scene): Facts {
  return { pods: null, agents: scene.cluster.agents, now: scene.now };
}
