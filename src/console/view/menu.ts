import type { Row } from '../../theme/cell.ts';
import { column, wrap } from '../cells.ts';
import { bodyHeight } from '../layout.ts';
import { type MenuEntry, menuEntries } from '../menu-entries.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { selection } from '../selection.ts';
import { nodesOf } from '../shown-nodes.ts';
import type { Ui } from '../ui.ts';
import { cell, fill, glyph } from './line.ts';
import { listHead, listRow } from './list.ts';

/** Everything that can be done to what is selected; what cannot is faint with its reason; each with its literal command. */
export function menuRows(scene: Scene, ui: Ui, selected: number): Row[] {
  const entries = menuEntries(scene, ui);
  const body = bodyHeight(scene.size);
  const about = selectedName(scene, ui);
  const told = explained(entries[selected], scene);
  const height = Math.max(1, body - 2 - told.length - 1);
  const top = scrollTop({ count: entries.length, index: selected, top: 0, height });
  const list = entries
    .slice(top, top + height)
    .map((entry, row) => entryRow(entry, scene, top + row === selected));
  const part = { top, height, count: entries.length };
  const at = { cells: scene.size.columns, look: scene.look };
  const rule = [cell(glyph('rule', scene.look).repeat(scene.size.columns), 'faint' as const)];
  const title: Row = [cell(' Actions', 'title'), cell(about === '' ? '' : `  on ${about}`)];
  return fill([listHead(title, part, at), [], ...fill(list, height), rule, ...told], body);
}

/** What the actions are for, by the name it has on the screen. */
function selectedName(scene: Scene, ui: Ui): string {
  const { node, ...others } = selection(scene, ui);
  const named = node === undefined ? undefined : nodesOf(scene).find(({ ip }) => ip === node)?.name;
  return [...Object.values(others), ...(node === undefined ? [] : [named ?? node])].join(' ');
}

function entryRow({ row, verdict, asks, refusal }: MenuEntry, scene: Scene, chosen: boolean): Row {
  const { columns } = scene.size;
  const role = refusal === null ? undefined : 'faint';
  const told = asks.length > 0 ? `needs: ${asks.join(', ')}` : shortCommand(verdict);
  const words = refusal === null ? told : refusal.sentence;
  const more =
    refusal === null && verdict.commands.length > 1 ? `   and ${verdict.commands.length - 1} more` : '';
  return listRow(
    [
      cell(`${column(row.key ?? '', 2)}`, 'key'),
      cell(column(row.label, Math.min(28, Math.floor(columns / 3)), glyph('more', scene.look)), role),
      cell(` ${column(row.risk, 8)}`, row.risk === 'destroy' && refusal === null ? 'bad' : 'faint'),
      cell(words + more, refusal === null ? undefined : 'faint'),
    ],
    { chosen, focused: true, cells: columns, look: scene.look },
  );
}

/** The command with the bare name of its program: the path is the same in every line and stands in full below. */
function shortCommand({ commands, steps }: MenuEntry['verdict']): string {
  const path = steps[0]?.path ?? '';
  return (commands[0] ?? '').replace(path, path.slice(path.lastIndexOf('/') + 1));
}

/** The marked one in full: what it is for, the reason why not with the way out, its commands. */
function explained(entry: MenuEntry | undefined, scene: Scene): Row[] {
  if (entry === undefined) return [[cell(' No action fits this screen', 'faint')]];
  const width = scene.size.columns - 2;
  const said = (text: string, role?: 'bad' | 'warn' | 'faint'): Row[] =>
    wrap(text, width)
      .slice(0, 3)
      .map((line) => [cell(` ${line}`, role)]);
  const { row, verdict, refusal } = entry;
  const why = refusal === null ? [] : said(`Not now: ${refusal.sentence}`, 'warn');
  const next = refusal?.nextStep ? said(`Next: ${refusal.nextStep}`) : [];
  const commands = verdict.commands
    .slice(0, 2)
    .flatMap((command) => said(command, refusal === null ? undefined : 'faint'));
  return [...said(row.help, 'faint'), ...why, ...next, ...commands];
}
