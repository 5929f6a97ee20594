import { eventNode } from '../../model/event-node.ts';
import { historyGapWords } from '../../model/history-gap.ts';
import type { Row } from '../../theme/cell.ts';
import { marks } from '../../theme/marks.ts';
import type { Role } from '../../theme/roles.ts';
import { column, wrap } from '../cells.ts';
import { roughly } from '../format/duration.ts';
import { dateTime, dateTimeWithZone, epoch } from '../format/instant.ts';
import { eventKey, historyItems } from '../history-items.ts';
import { historyWords } from '../history-words.ts';
import { bodyHeight, listHeight, timeStripHeight } from '../layout.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import { causeOfItem, type TimelineEvent } from '../timeline.ts';
import type { Ui } from '../ui.ts';
import { eventMark } from './event-mark.ts';
import { cell, clipRow, fill, glyph } from './line.ts';
import { listHead, listRow } from './list.ts';
import { expectedCells } from './node-lines.ts';
import { named } from './panes.ts';
import { sourceLine } from './source-line.ts';
import { timeStripRows } from './time-strip.ts';

/** The cluster's timeline, newest first, with the whole text of the selected event on Enter. */
export function historyRows(scene: Scene, ui: Ui): Row[] {
  const list = ui.lists.history;
  const items = historyItems(scene, list.filter);
  const height = listHeight('history', scene.size);
  const index = Math.max(
    0,
    items.findIndex((event) => eventKey(event) === list.selected),
  );
  const selected = items[index];
  const trouble = sourceLine(scene, 'history', ui);
  const head = trouble.length > 0 ? trouble : currencyRow(scene);
  const body = bodyHeight(scene.size);
  if (selected === undefined) {
    const why =
      list.filter === '' ? '  Nothing has been read of the timeline yet' : '  No items match the filter';
    return fill([head, [], [cell(why, 'faint')]], body);
  }
  if (list.detail) {
    const rows = eventDetailRows(selected, scene, ui).slice(list.detailTop);
    return fill([head, ...named(rows, 'details')], body);
  }
  const top = scrollTop({ count: items.length, index, top: list.top, height });
  const at = { cells: scene.size.columns, look: scene.look };
  const strip = timeStripRows(scene, ui, timeStripHeight(body));
  // Lines that the strip has no nodes for are the list's.
  const shown = body - strip.length - 1;
  const rows = items
    .slice(top, top + shown)
    .map((event, row) =>
      listRow(historyRow(event, scene, ui), { ...at, chosen: top + row === index, focused: true }),
    );
  const position = listHead(head, { top, height: shown, count: items.length }, at);
  return fill([...strip, position, ...rows], body);
}

/** How old the timeline is, and what it may lack. */
function currencyRow({ cluster, now, size, look }: Scene): Row {
  const at = epoch(cluster.sources.history.lastGood);
  const age = at === null ? ' history never read' : ` history read ${roughly(now - at)} ago`;
  const gap = historyGapWords(cluster);
  return clipRow([cell(age, 'faint'), cell(gap === null ? '' : `   ${gap}`, 'warn')], size.columns, look);
}

/**
 * One event on one line: when, what, which node, which checker or leaders, what gravity prints, and of a failure
 * whether it was to be expected.
 */
export function historyRow(event: TimelineEvent, scene: Scene, ui: Ui): Row {
  const said = historyWords[event.kind];
  const cause = causeOfItem(scene, event);
  const verdict = expectedCells(cause);
  // What a phase explains is no alarm, whatever the event is called.
  const role = cause !== null && cause.phase !== null ? 'warn' : roleOf(event.kind);
  return [
    cell(`${dateTime(event.at, ui.time, scene.now)}  `, 'faint'),
    { ...eventMark(event.kind, scene.look), ...(role === undefined ? {} : { role }) },
    cell(` ${column(said.word, 17)}`, role),
    cell(` ${column(eventNode(scene.cluster, event.node) ?? '', 14, glyph('more', scene.look))} `),
    ...(verdict.length > 0
      ? [cell(column(summaryOf(event, scene), 14)), cell(' '), ...verdict]
      : [cell(summaryOf(event, scene))]),
  ];
}

/** What the kind and the node do not say yet. */
function summaryOf(event: TimelineEvent, scene: Scene): string {
  const { kind, from, to, checker, text } = event;
  if (kind === 'leader.elected') {
    const names = [from, to].map((name) => eventNode(scene.cluster, name) ?? 'previous not known');
    return names.join(` ${glyph('to', scene.look)} `);
  }
  return checker ?? (kind.startsWith('node.') ? '' : (text.split('\n')[0] ?? ''));
}

/** One event in full. */
export function eventDetailRows(event: TimelineEvent, scene: Scene, ui: Ui): Row[] {
  const label = (name: string, text: string | null): Row[] =>
    text === null ? [] : [[cell(` ${name.padEnd(9)}`, 'faint'), cell(text)]];
  const said = historyWords[event.kind];
  const verdict = expectedCells(causeOfItem(scene, event));
  return [
    [
      cell(' '),
      eventMark(event.kind, scene.look),
      cell(` ${said.word}`, roleOf(event.kind) ?? 'title'),
      cell(verdict.length > 0 ? '   ' : ''),
      ...verdict,
    ],
    ...label('at', dateTimeWithZone(event.at, ui.time, scene.now)),
    ...label(
      'node',
      event.node === null
        ? null
        : [...new Set([eventNode(scene.cluster, event.node), event.node])].join('   '),
    ),
    ...label('checker', event.checker),
    ...label('from', event.from),
    ...label('to', event.to),
    [],
    ...wrap(event.text, scene.size.columns - 2).map((line): Row => [cell(` ${line}`)]),
  ];
}

function roleOf(kind: TimelineEvent['kind']): Role | undefined {
  const { role } = marks[historyWords[kind].mark];
  return role === 'plain' || role === 'warn' ? undefined : role;
}
