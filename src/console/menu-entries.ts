import { judge, type Verdict } from '../actions/judge.ts';
import type { ActionRow, Scope } from '../actions/row.ts';
import { actions } from '../actions/table.ts';
import { controlRefusal } from './control-refusal.ts';
import { missingArgs } from './form-fields.ts';
import { knownFacts } from './known-facts.ts';
import type { Scene } from './scene.ts';
import { screenRow } from './screen-table.ts';
import { argsFor, fits } from './selection.ts';
import type { Ui } from './ui.ts';

/** An action of the menu with what it would do to the selection, or why it may not. */
export type MenuEntry = {
  row: ActionRow;
  args: Record<string, unknown>;
  verdict: Verdict;
  /** What a form asks for before anything else; empty where nothing is missing. */
  asks: readonly string[];
  /** Why not, with the way out; null when it may. */
  refusal: { sentence: string; nextStep: string | null } | null;
};

/**
 * All actions that fit what is selected, those that are possible first, and of them those about the selection itself; the
 * agent judges again when one is opened, this is a courtesy.
 */
export function menuEntries(scene: Scene, ui: Ui): MenuEntry[] {
  const scopes: readonly Scope[] = screenRow(ui.screen).scopes;
  const rows = actions.filter((row) => !row.expert && row.menu !== false && fits(row, ui));
  return scopes
    .flatMap((scope) => rows.filter((row) => row.scope === scope))
    .map((row) => menuEntry(row, scene, ui))
    .toSorted((one, other) => Number(one.refusal !== null) - Number(other.refusal !== null));
}

function menuEntry(row: ActionRow, scene: Scene, ui: Ui): MenuEntry {
  const args = argsFor(row, scene, ui);
  const asks = missingArgs(row, args);
  const verdict = judge({ cluster: scene.cluster, action: row.id, args, facts: knownFacts(scene) });
  const entry = { row, args, asks, verdict };
  // What a form asks for first is not refused: it is judged once it is told.
  if (!verdict.allowed && asks.length === 0)
    return { ...entry, refusal: { sentence: verdict.reason ?? 'refused', nextStep: verdict.nextStep } };
  return { ...entry, refusal: controlRefusal(scene, row, ui.time) };
}
