import type { ActionRow } from '../../actions/row.ts';
import { actions } from '../../actions/table.ts';
import type { Row } from '../../theme/cell.ts';
import { width } from '../cells.ts';
import { needsForm } from '../form-fields.ts';
import { type KeymapRow, type KeyScope, keymap } from '../keymap.ts';
import { knownFacts } from '../known-facts.ts';
import { scopesOf } from '../lookup.ts';
import { matchCount } from '../match-count.ts';
import { nextStep } from '../next-step.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { isRefused } from './card.ts';
import { cell, clipRow, rowWidth, spread } from './line.ts';

/** The last line: what is being typed, else the keys that matter here, best first, and at the right what has just happened. */
export function footerRow(scene: Scene, ui: Ui): Row {
  const { columns } = scene.size;
  if (ui.overlay?.kind === 'search') return searchRow(ui.overlay, scene, ui);
  if (ui.settling) return [cell(' please wait', 'faint')];
  const all = hints(scene, ui);
  const { notice } = ui;
  if (notice === null || !(ui.overlay === null || ui.overlay.kind === 'why')) return keysRow(all, columns);
  const role = notice.tone === 'plain' ? undefined : notice.tone;
  const least = rowWidth(keysRow(all.slice(0, 1), columns));
  const said = clipRow([cell(notice.text, role), cell(' ')], columns - least, scene.look);
  return spread(keysRow(all, columns - rowWidth(said)), said, columns, scene.look);
}

/** `rank`: the lowest first. `stays`: it is there whatever else has to go. */
type Hint = { key: string; label: string; rank: number; stays?: boolean };

function scopesHere(scene: Scene, ui: Ui): KeyScope[] {
  const { overlay } = ui;
  if (overlay === null) return scopesOf(ui.screen);
  if (overlay.kind === 'why' && overlay.answer?.next.what === 'action') return ['why', 'advised'];
  return overlay.kind === 'card' && isRefused(scene, overlay) ? ['refused'] : [overlay.kind];
}

/** The keys of moves and of actions, best first. */
function hints(scene: Scene, ui: Ui): Hint[] {
  const scopes = scopesHere(scene, ui);
  const rows: readonly KeymapRow[] = keymap;
  const moves = rows
    .filter((row) => row.footer !== null && scopes.includes(row.scope) && counts(row, ui))
    .map(({ keys, hint, footer, command }) => ({
      key: keys[0] ?? '',
      label: hint,
      rank: footer ?? 0,
      stays: command === 'quit',
    }));
  const verbs = scopes.includes('everywhere') ? actions.flatMap((row) => verbHint(row, scene, ui)) : [];
  return [...verbs, ...moves].sort((a, b) => a.rank - b.rank);
}

/** A card that has no answer yet takes Esc alone. */
function counts({ command }: KeymapRow, { overlay }: Ui): boolean {
  return overlay?.kind !== 'card' || overlay.judgement !== null || command === 'back';
}

/**
 * The step is the one verb on the cluster that has a bare key, so it leads, with the name of what it will step. What the
 * agent does at a bare key (to stop an autopilot) goes before it, and only while it can be done; the others come after
 * the moves that matter.
 */
function verbHint(row: ActionRow, scene: Scene, ui: Ui): Hint[] {
  if (row.key === null) return [];
  const hint = { key: row.key, label: row.label.toLowerCase(), rank: 8.5 };
  if (row.id === 'operation.step') return [{ ...hint, ...stepHint(scene, ui) }];
  if (row.effect !== 'agent' || needsForm(row, {})) return [hint];
  return row.blockedBy(scene.cluster, {}, knownFacts(scene)) === null
    ? [{ ...hint, rank: 0, stays: true }]
    : [];
}

/** `step drain`; where there is nothing to step, the key is the last to be named. */
function stepHint(scene: Scene, ui: Ui): Pick<Hint, 'label' | 'rank'> {
  const phase = nextStep(scene, ui);
  return phase === null
    ? { label: 'step', rank: 20 }
    : { label: `step ${phase.slice(phase.lastIndexOf('/') + 1)}`, rank: 1 };
}

/** As many whole hints as fit, those that stay before all others. */
function keysRow(all: readonly Hint[], cells: number): Row {
  const cost = ({ key, label }: Hint) => width(keyName(key)) + 1 + width(label) + 2;
  let left = all.filter(({ stays }) => stays).reduce((sum, hint) => sum - cost(hint), cells - 1);
  const row = [cell(' ')];
  for (const hint of all) {
    if (!hint.stays && cost(hint) > left) continue;
    if (!hint.stays) left -= cost(hint);
    row.push(cell(keyName(hint.key), 'key'), cell(` ${hint.label}  `));
  }
  return row;
}

/** How a key is written where it is shown. */
export function keyName(key: string): string {
  const names: Record<string, string> = { enter: 'Enter', esc: 'Esc', tab: 'Tab', space: 'Space' };
  return names[key] ?? key;
}

function searchRow(search: { text: string; in: 'filter' | 'find' }, scene: Scene, ui: Ui): Row {
  const count = matchCount(scene, ui, search.in);
  const inverts = search.in === 'filter' ? '   ! first inverts' : '';
  return clipRow(
    [
      cell(' /', 'key'),
      cell(search.text),
      cell('_', 'cursor'),
      cell(search.text === '' ? '' : `   ${count} ${count === 1 ? 'match' : 'matches'}`),
      cell(`   Enter keeps   Esc clears${inverts}`, 'faint'),
    ],
    scene.size.columns,
    scene.look,
  );
}
