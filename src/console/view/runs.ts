import { isFinal, type Run } from '../../protocol/run.ts';
import type { Row } from '../../theme/cell.ts';
import { clip, column } from '../cells.ts';
import { duration } from '../format/duration.ts';
import { clockTime, epoch } from '../format/instant.ts';
import { bodyHeight, listHeight } from '../layout.ts';
import { runItems } from '../run-items.ts';
import { named } from '../run-name.ts';
import type { Scene } from '../scene.ts';
import { scrollTop } from '../scroll.ts';
import type { Ui } from '../ui.ts';
import { whoIs } from '../who-is.ts';
import { cell, fill, glyph, mark } from './line.ts';
import { listHead, listRow } from './list.ts';
import { runHeadRows, runsAhead } from './run-head.ts';

/** The runs, newest first, and under them the output of the selected one as it comes; Enter gives the output all the room. */
export function runsRows(scene: Scene, ui: Ui): Row[] {
  const list = ui.lists.runs;
  const items = runItems(scene.cluster, list.filter);
  const body = bodyHeight(scene.size);
  const index = Math.max(
    0,
    items.findIndex((run) => run.id === list.selected),
  );
  const selected = items[index];
  if (selected === undefined) {
    const why =
      list.filter === '' ? '  Nothing has been run through this agent yet' : '  No items match the filter';
    return fill([[], [cell(why, 'faint')]], body);
  }
  const height = Math.min(listHeight('runs', scene.size), items.length);
  const top = scrollTop({ count: items.length, index, top: list.top, height });
  const at = { cells: scene.size.columns, look: scene.look };
  const rows = list.detail
    ? []
    : [
        listHead(headRow(list.filter), { top, height, count: items.length }, at),
        ...items
          .slice(top, top + height)
          .map((run, row) => runRow(run, scene, { ui, chosen: top + row === index })),
      ];
  const head = [...rows, ...runHeadRows(selected, scene, ui)];
  const printed = outputRows(scene, ui, Math.max(1, body - head.length));
  const silent: Row = [cell(isFinal(selected.state) ? ' (no output)' : ' (no output yet)', 'faint')];
  return fill([...head, ...(printed ?? [silent])], body);
}

function headRow(filter: string): Row {
  if (filter !== '') return [cell(` filter ${filter}`, 'key'), cell('   Esc clears', 'faint')];
  const words = [column('state', 9), column('started', 9), column('took', 7), 'action, by whom'];
  return [cell(`   ${words.join(' ')}`, 'faint')];
}

function runRow(run: Run, scene: Scene, at: { ui: Ui; chosen: boolean }): Row {
  const began = epoch(run.startedAt);
  const ended = epoch(run.finishedAt) ?? scene.now;
  const row: Row = [
    mark(run.state, scene.look),
    cell(
      ` ${column(stateWord(run, scene), 9)} `,
      run.state === 'failed' || run.state === 'lost' ? 'bad' : undefined,
    ),
    cell(`${column(clockTime(run.startedAt ?? run.queuedAt, at.ui.time, scene.now), 9)} `, 'faint'),
    cell(`${column(began === null ? '' : duration(ended - began), 7)} `),
    cell(named(run)),
    cell(`   ${whoIs(run.by)}`, 'faint'),
  ];
  const { columns: cells } = scene.size;
  return listRow(row, { chosen: at.chosen, focused: true, cells, look: scene.look });
}

/** A queued run tells how many are before it. */
function stateWord(run: Run, { cluster }: Scene): string {
  if (run.state !== 'queued' || run.lane === 'read') return run.state;
  return `queued #${runsAhead(run, cluster.runs) + 1}`;
}

/** The last lines that fit, or further up when scrolled (`detailTop` lines from the end); null before the first. */
function outputRows(scene: Scene, ui: Ui, height: number): Row[] | null {
  const { lines, skipped, problem, run } = scene.output;
  if (problem !== null) return [[cell(` ${problem}`, 'warn')]];
  if (run === null) return [[cell(' reading its output', 'faint')]];
  if (lines.length === 0) return null;
  const back = Math.min(ui.lists.runs.detailTop, Math.max(0, lines.length - height));
  const from = Math.max(0, lines.length - height - back);
  const dropped = from === 0 && skipped > 0 ? [skippedRow(skipped)] : [];
  const shown = lines.slice(from, from + height - dropped.length);
  return [...dropped, ...shown.map((line) => outputRow(line, ui.lists.runs.find, scene))];
}

function skippedRow(skipped: number): Row {
  return [cell(` ${skipped} earlier lines are not kept here; they are in the agent’s record`, 'faint')];
}

/** A line of output with what is searched for in it marked. */
function outputRow(line: string, find: string, scene: Scene): Row {
  const text = clip(line, scene.size.columns - 1, glyph('more', scene.look));
  const at = find === '' ? -1 : text.toLowerCase().indexOf(find.toLowerCase());
  if (at < 0) return [cell(` ${text}`)];
  const end = at + find.length;
  return [cell(` ${text.slice(0, at)}`), cell(text.slice(at, end), 'chosen'), cell(text.slice(end))];
}
