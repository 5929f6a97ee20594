import { operationName } from '../../model/operation-name.ts';
import type { Operation } from '../../protocol/operation.ts';
import type { Row } from '../../theme/cell.ts';
import { column } from '../cells.ts';
import { dateTime } from '../format/instant.ts';
import { bodyHeight, listHeight, panes } from '../layout.ts';
import { operationItems } from '../operation-items.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import type { Ui } from '../ui.ts';
import { beside, cell, clipRow, fill, glyph, toned } from './line.ts';
import { operationDetailRows, operationRole } from './operation-detail.ts';
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
    return fill([head, ...rows.slice(list.detailTop).map((row) => [cell(' '), ...row])], body);
  }
  const top = scrollTop({
    count: items.length,
    index,
    top: list.top,
    height: listHeight('operations', scene.size),
  });
  const rows = [
    head.length > 0 ? clipRow(head, widths.list, scene.look) : headRow(),
    ...items
      .slice(top, top + listHeight('operations', scene.size))
      .map((one, row) => operationRow(one, scene, { ui, width: widths.list, chosen: top + row === index })),
  ];
  if (widths.detail === null) return fill(rows, body);
  const detail = operationDetailRows(selected, scene, { ui, width: widths.detail }).slice(list.detailTop);
  return beside({ rows, width: widths.list }, detail, {
    height: body,
    look: scene.look,
    focused: list.detail,
  });
}

function whyEmpty({ cluster }: Scene, filter: string): string {
  if (filter !== '') return 'nothing passes the filter';
  const read = cluster.operations !== null || cluster.status !== null;
  return read ? 'no operation is known' : 'the operations have not been read yet';
}

function headRow(): Row {
  const words = [column('created', 15), column('type', 24), column('state', 20), 'description'];
  return [cell(`  ${words.join(' ')}`, 'faint')];
}

function operationRow(
  operation: Operation,
  scene: Scene,
  at: { ui: Ui; width: number; chosen: boolean },
): Row {
  const { type, state, description, created } = operation;
  const more = glyph('more', scene.look);
  const row: Row = [
    cell(at.chosen ? glyph('cursor', scene.look) : ' ', 'cursor'),
    cell(` ${column(dateTime(created, at.ui.time, scene.now), 15)} `, 'faint'),
    cell(`${column(operationName(type), 24, more)} `),
    cell(`${column(state, 20, more)} `, operationRole(state)),
    cell(description),
  ];
  return clipRow(at.chosen ? toned(row, 'strong') : row, at.width, scene.look);
}
