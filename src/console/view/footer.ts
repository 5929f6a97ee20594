import type { ActionRow } from '../../actions/row.ts';
import { actions } from '../../actions/table.ts';
import type { Row } from '../../theme/cell.ts';
import { width } from '../cells.ts';
import { needsForm } from '../form-fields.ts';
import { type KeymapRow, type KeyScope, keymap } from '../keymap.ts';
import { knownFacts } from '../known-facts.ts';
import { scopesOf } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { isRefused } from './card.ts';
import { cell, clipRow, spread } from './line.ts';

/** The last line: what is being typed, else what has just happened, else the keys that matter here, best first. */
export function footerRow(scene: Scene, ui: Ui): Row {
  if (ui.overlay?.kind === 'search') return searchRow(ui.overlay.text, scene);
  if (ui.notice && (ui.overlay === null || ui.overlay.kind === 'why')) {
    const role = ui.notice.tone === 'plain' ? undefined : ui.notice.tone;
    const said: Row = [cell(' '), cell(ui.notice.text, role)];
    return spread(said, urgent(ui, scene), scene.size.columns, scene.look);
  }
  return keysRow(hints(scopesHere(ui), scene), scene);
}

/** The keys that no message may hide: that which stops what goes on by itself. */
function urgent(ui: Ui, scene: Scene): Row {
  const first = hints(scopesHere(ui), scene).filter(({ rank }) => rank === 0);
  return first.flatMap(({ key, label }): Row => [cell('  '), cell(keyName(key), 'key'), cell(` ${label} `)]);
}

type Hint = { key: string; label: string; rank: number };

function scopesHere(ui: Ui): KeyScope[] {
  const { overlay } = ui;
  if (overlay === null) return scopesOf(ui.screen);
  if (overlay.kind === 'why' && overlay.answer?.next.what === 'action') return ['why', 'advised'];
  return overlay.kind === 'card' && isRefused(overlay) ? ['refused'] : [overlay.kind];
}

/** The keys of moves and of actions, best first. */
function hints(scopes: readonly KeyScope[], scene: Scene): Hint[] {
  const rows: readonly KeymapRow[] = keymap;
  const moves = rows
    .filter((row) => row.footer !== null && scopes.includes(row.scope))
    .map((row) => ({ key: row.keys[0] ?? '', label: row.hint, rank: row.footer ?? 0 }));
  const verbs = scopes.includes('everywhere') ? actions.flatMap((row) => verbHint(row, scene)) : [];
  return [...verbs, ...moves].sort((a, b) => a.rank - b.rank);
}

/**
 * The step is the one verb on the cluster that has a bare key, so it leads. What the agent does at a bare key (to stop an
 * autopilot) goes before it, and only while it can be done; what is told in a form comes after the moves that matter.
 */
function verbHint(row: ActionRow, scene: Scene): Hint[] {
  if (row.key === null) return [];
  const hint = { key: row.key, label: row.label.toLowerCase(), rank: 1 };
  if (row.effect !== 'agent') return [hint];
  if (needsForm(row, {})) return [{ ...hint, rank: 5.5 }];
  return row.blockedBy(scene.cluster, {}, knownFacts(scene)) === null ? [{ ...hint, rank: 0 }] : [];
}

/** As many whole hints as fit. */
function keysRow(all: readonly Hint[], scene: Scene): Row {
  const row = [cell(' ')];
  let left = scene.size.columns - 1;
  for (const hint of all) {
    const cost = width(keyName(hint.key)) + 1 + width(hint.label) + 2;
    if (cost > left) break;
    row.push(cell(keyName(hint.key), 'key'), cell(` ${hint.label}  `));
    left -= cost;
  }
  return row;
}

/** How a key is written where it is shown. */
export function keyName(key: string): string {
  const names: Record<string, string> = { enter: 'Enter', esc: 'Esc', tab: 'Tab', space: 'Space' };
  return names[key] ?? key;
}

function searchRow(text: string, scene: Scene): Row {
  return clipRow(
    [
      cell(' /', 'key'),
      cell(text),
      cell('_', 'cursor'),
      cell('   Enter keeps, Esc clears, ! first inverts', 'faint'),
    ],
    scene.size.columns,
    scene.look,
  );
}
