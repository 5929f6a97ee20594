import { operationName } from '../../model/operation-name.ts';
import type { Operation } from '../../protocol/operation.ts';
import type { Row } from '../../theme/cell.ts';
import { column, width } from '../cells.ts';
import { dateTime } from '../format/instant.ts';
import { bodyHeight, listHeight, panes } from '../layout.ts';
import { operationItems } from '../operation-items.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import type { Ui } from '../ui.ts';
import { cell, fill, glyph } from './line.ts';
import { listHead, listRow } from './list.ts';
import { operationDetailRows, operationRole } from './operation-detail.ts';
import { named, withDetail } from './panes.ts';
import { sourceLine } from './source-line.ts';

/** Every operation of the cluster, newest first, and all that is known of the selected one beside it or on Enter. */
export function operationsRows(scene: Scene, ui: Ui): Row[] {
  const list = ui.lists.operations;
  const items = operationItems(scene.cluster, list.filter);
  const body = bodyHeight(scene.size);
  const index = Math.max(
    0,
    items.findIndex((one) => one.id === list.selected),
  );
  const selected = items[index];
  const head = sourceLine(scene, 'operations', ui);
  if (selected === undefined) return fill([head, [cell(`  ${whyEmpty(scene, list.filter)}`, 'faint')]], body);
  const widths = panes(scene.size);
  if (widths.detail === null && list.detail) {
    const rows = operationDetailRows(selected, scene, { ui, width: widths.list - 2 });
    const shown = named(rows.slice(list.detailTop), 'details');
    return fill([head, ...shown.map((row) => [cell(' '), ...row])], body);
  }
  const height = listHeight('operations', scene.size);
  const top = scrollTop({ count: items.length, index, top: list.top, height });
  const columns = columnsOf(items, widths.list);
  const rows = [
    listHead(
      head.length > 0 ? head : headRow(columns),
      { top, height, count: items.length },
      { cells: widths.list, look: scene.look },
    ),
    ...items
      .slice(top, top + height)
      .map((one, row) =>
        operationRow(one, scene, { ui, columns, width: widths.list, chosen: top + row === index }),
      ),
  ];
  if (widths.detail === null) return fill(rows, body);
  const detail = operationDetailRows(selected, scene, { ui, width: widths.detail }).slice(list.detailTop);
  return withDetail(rows, detail, { panes: widths, height: body, look: scene.look, focused: list.detail });
}

function whyEmpty({ cluster }: Scene, filter: string): string {
  if (filter !== '') return 'No items match the filter';
  const read = cluster.operations !== null || cluster.status !== null;
  return read ? 'no operation is known' : 'the operations have not been read yet';
}

type Columns = { type: number; state: number };

/** As wide as their widest word, so that the description has the rest; where even that is not enough, they give way. */
function columnsOf(items: readonly Operation[], cells: number): Columns {
  const widest = (words: readonly string[], least: number) =>
    words.reduce((most, word) => Math.max(most, width(word)), least);
  const type = widest(
    items.map((one) => operationName(one.type)),
    4,
  );
  const state = widest(
    items.map((one) => one.state),
    5,
  );
  const most = Math.max(8, Math.floor((cells - 18) / 3));
  return { type: Math.min(type, most), state: Math.min(state, most) };
}

function headRow({ type, state }: Columns): Row {
  const words = [column('created', 15), column('type', type), column('state', state), 'description'];
  return [cell(`  ${words.join(' ')}`, 'faint')];
}

function operationRow(
  operation: Operation,
  scene: Scene,
  at: { ui: Ui; columns: Columns; width: number; chosen: boolean },
): Row {
  const { type, state, description, created } = operation;
  const more = glyph('more', scene.look);
  const row: Row = [
    cell(` ${column(dateTime(created, at.ui.time, scene.now), 15)} `, 'faint'),
    cell(`${column(operationName(type), at.columns.type, more)} `),
    cell(`${column(state, at.columns.state, more)} `, operationRole(state)),
    cell(description),
  ];
  const focused = !at.ui.lists.operations.detail;
  return listRow(row, { chosen: at.chosen, focused, cells: at.width, look: scene.look });
}
