import { nodeEvents } from '../../model/node-events.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import type { Row } from '../../theme/cell.ts';
import { column, columnRight } from '../cells.ts';
import { dateTime } from '../format/instant.ts';
import { historyWords } from '../history-words.ts';
import { bodyHeight, listHeight, nodesListWidth, panes } from '../layout.ts';
import { nodeItems } from '../node-items.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import type { ShownNode } from '../shown-nodes.ts';
import type { Ui } from '../ui.ts';
import { cell, fill, glyph, mark, toned } from './line.ts';
import { listHead, listRow } from './list.ts';
import { nodeDetailRows } from './node-detail.ts';
import { nodeMark, probeWord, upgradeWord, verdictCell } from './node-lines.ts';
import { named, withDetail } from './panes.ts';
import { sourceLine } from './source-line.ts';

/** Every node on a line, and all that is known of the selected one beside it, or in its place on Enter. */
export function nodesRows(scene: Scene, ui: Ui): Row[] {
  const list = ui.lists.nodes;
  const items = nodeItems(scene, list.filter);
  const body = bodyHeight(scene.size);
  const index = Math.max(
    0,
    items.findIndex((node) => node.ip === list.selected),
  );
  const selected = items[index];
  const trouble = sourceLine(scene, 'health', ui);
  if (selected === undefined) {
    const why = list.filter === '' ? '  no node is known yet' : '  No items match the filter';
    return fill([trouble, [cell(why, 'faint')]], body);
  }
  const widths = panes(scene.size, nodesListWidth);
  if (widths.detail === null && list.detail) {
    const rows = nodeDetailRows(selected, scene, { ui, width: widths.list - 2 }).slice(list.detailTop);
    return fill([trouble, ...named(rows, 'details').map((row) => [cell(' '), ...row])], body);
  }
  const height = listHeight('nodes', scene.size);
  const top = scrollTop({ count: items.length, index, top: list.top, height });
  const events = nodeEvents(scene.cluster);
  const rows = [
    listHead(
      trouble.length > 0 ? trouble : headRow(widths.list - 1),
      { top, height, count: items.length },
      { cells: widths.list - 1, look: scene.look },
    ),
    ...items.slice(top, top + height).map((node, row) =>
      nodeRow(node, scene, {
        ui,
        width: widths.list - 1,
        chosen: top + row === index,
        events: events.get(node.name) ?? [],
      }),
    ),
  ];
  if (widths.detail === null) return fill(rows, body);
  const detail = nodeDetailRows(selected, scene, { ui, width: widths.detail }).slice(list.detailTop);
  return withDetail(rows, detail, { panes: widths, height: body, look: scene.look, focused: list.detail });
}

type Columns = { name: number; ip: boolean; full: boolean; upgrade: boolean; last: boolean };

/** What a line of this width holds: whether a failure was to be expected goes before address, profile and access. */
function columns(width: number): Columns {
  const full = width >= 105;
  return {
    name: full ? 18 : 14,
    ip: width >= 79,
    full,
    upgrade: width >= 112,
    last: width >= nodesListWidth - 1,
  };
}

const verdictWidth = 10;

function headRow(width: number): Row {
  const { name, ip, full, upgrade, last } = columns(width);
  const words = [
    column('node', name),
    ...(ip ? [column('ip', 15)] : []),
    column('role', 7),
    ...(full ? [column('profile', 12)] : []),
    column('state', 9),
    columnRight('probes', 8),
    columnRight('warn', 5),
    column('', verdictWidth),
    ...(full ? [column('access', 7)] : []),
    ...(upgrade ? [column('upgrade', 7)] : []),
    ...(last ? ['last change'] : []),
  ];
  return [cell(`   ${words.join(' ')}`, 'faint')];
}

type NodeLine = { ui: Ui; width: number; chosen: boolean; events: readonly HistoryEvent[] };

function nodeRow(node: ShownNode, scene: Scene, at: NodeLine): Row {
  const { name, ip, full, upgrade, last } = columns(at.width);
  const fixed = (text: string, cells: number) => `${column(text, cells, glyph('more', scene.look))} `;
  const said = node.expected === null ? cell('') : verdictCell(node.expected);
  const row: Row = [
    mark(nodeMark(node), scene.look),
    cell(
      ` ${fixed(node.name, name)}${ip ? fixed(node.ip, 15) : ''}${fixed(node.role ?? '-', 7)}${full ? fixed(node.profile ?? '-', 12) : ''}`,
    ),
    cell(
      column(node.state, 9),
      !node.current ? 'faint' : node.state === 'healthy' ? 'good' : node.state === 'unknown' ? 'warn' : 'bad',
    ),
    cell(` ${columnRight(probeWord(node), 8)} `, node.failed.length > 0 ? 'bad' : undefined),
    cell(columnRight(String(node.warned.length), 5), node.warned.length > 0 ? 'warn' : undefined),
    cell(' '),
    { ...said, text: column(said.text.replace('STOPPED ', ''), verdictWidth) },
    cell(full ? ` ${column(node.access, 7)}` : ''),
    cell(upgrade ? ` ${column(upgradeWord(node, scene), 7)}` : ''),
    ...(last ? lastChange(at.events.at(-1), scene, at.ui) : []),
  ];
  const shown = node.current ? row : toned(row, 'faint');
  const { chosen, width: cells, ui } = at;
  return listRow(shown, { chosen, focused: !ui.lists.nodes.detail, cells, look: scene.look });
}

function lastChange(event: HistoryEvent | undefined, scene: Scene, ui: Ui): Row {
  if (event === undefined) return [cell(' -')];
  return [
    cell(' '),
    mark(historyWords[event.kind].mark, scene.look),
    cell(` ${dateTime(event.at, ui.time, scene.now)}`, 'faint'),
  ];
}
