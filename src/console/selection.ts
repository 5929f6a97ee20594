import type { ActionRow, Scope } from '../actions/row.ts';
import { isFinal } from '../protocol/run.ts';
import { cursorOf } from './items.ts';
import type { Scene } from './scene.ts';
import { screenRow } from './screen-table.ts';
import type { Ui } from './ui.ts';

/** What the cursor is on, by the scope it belongs to: the node by name, the others by id. */
export function selection(scene: Scene, ui: Ui): Partial<Record<Scope, string>> {
  const cursor = cursorOf(scene, ui);
  if (cursor === null) return {};
  if (ui.screen === 'plan') return { phase: cursor };
  if (ui.screen === 'runs') return { run: cursor };
  if (ui.screen === 'nodes') return { node: cursor };
  return {};
}

/** Whether an action belongs to what is looked at: its scope is one of the screen's. */
export function fits(row: ActionRow, ui: Ui): boolean {
  const scopes: readonly Scope[] = screenRow(ui.screen).scopes;
  return scopes.includes(row.scope);
}

/**
 * An action's arguments as the selection gives them. A step takes the leaf only when the operator chose it and it is
 * not completed: with the cursor left on what has just run, or following by itself, it means the next leaf.
 */
export function argsFor(row: ActionRow, scene: Scene, ui: Ui): Record<string, unknown> {
  const chosen = selection(scene, ui);
  const args: Record<string, unknown> = {};
  for (const [scope, name] of Object.entries(row.takes)) {
    const value = chosen[scope as Scope];
    if (value === undefined || name === undefined) continue;
    if (isMeant(row, value, { scene, ui })) args[name] = value;
  }
  return args;
}

/** Not everything the cursor is on is what a key is about: a run that is over cannot be interrupted, another may be. */
function isMeant({ id }: ActionRow, value: string, { scene, ui }: { scene: Scene; ui: Ui }): boolean {
  if (id === 'operation.step') return isChosenLeaf(value, scene, ui);
  return id !== 'run.interrupt' || isLive(value, scene);
}

function isLive(id: string, { cluster }: Scene): boolean {
  return cluster.runs.some((run) => run.id === id && !isFinal(run.state));
}

function isChosenLeaf(id: string, scene: Scene, ui: Ui): boolean {
  const phase = scene.tree.byId.get(id)?.phase;
  return ui.lists.plan.selected === id && phase?.leaf === true && phase.state !== 'completed';
}
