import { type ChecklistItem, type ChecklistState, runChecklist } from '../../model/run-checklist.ts';
import type { Run, Step } from '../../protocol/run.ts';
import type { Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import type { Role } from '../../theme/roles.ts';
import { duration } from '../format/duration.ts';
import { bodyHeight } from '../layout.ts';
import type { Scene } from '../scene.ts';
import { cell, clipRow, mark } from './line.ts';

type Line = { mark: MarkName; words: string; told: string; role?: Role };

/**
 * What a run goes through, as a checklist: its leaves, one process for many of them too, else its steps. Those around the
 * one under way, as many as leave most of the screen to the output; nothing where there is only one.
 */
export function runListRows(run: Run, scene: Scene): Row[] {
  const items = runChecklist(scene.cluster, run);
  if (items.length > 1)
    return [countRow(items, scene), ...windowed(items.map(leafLine), whereOf(items), scene)];
  if (run.steps.length < 2) return [];
  return windowed(
    run.steps.map((step, place) => ({ mark: stepMark(run, place), words: stepWords(step), told: '' })),
    run.step,
    scene,
  );
}

/** `7 of 25 leaves done   next /masters/master-2/taint`: never a percentage, which nothing could justify. */
function countRow(items: readonly ChecklistItem[], scene: Scene): Row {
  const count = (state: ChecklistState) => items.filter((item) => item.state === state).length;
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
  const at = items[whereOf(items)];
  const where =
    at === undefined || at.state === 'done' || at.state === 'waits' ? '' : `   ${at.state} ${at.leaf}`;
  return clipRow(
    [
      cell(` ${count('done')} of ${items.length} leaves done${skipped}`),
      cell(where, at?.state === 'failed' ? 'bad' : undefined),
    ],
    scene.size.columns,
    scene.look,
  );
}

/** The leaf to look at: the one that failed, runs or comes next, else the last one that is done. */
function whereOf(items: readonly ChecklistItem[]): number {
  const at = items.findIndex(({ state }) => state === 'failed' || state === 'running' || state === 'next');
  return at >= 0
    ? at
    : Math.max(
        0,
        items.findLastIndex(({ state }) => state === 'done'),
      );
}

const looks: Record<ChecklistState, { mark: MarkName; role?: Role }> = {
  done: { mark: 'done' },
  running: { mark: 'running', role: 'strong' },
  next: { mark: 'queued', role: 'strong' },
  waits: { mark: 'unstarted', role: 'faint' },
  failed: { mark: 'failed', role: 'bad' },
  skipped: { mark: 'cancelled', role: 'faint' },
};

function leafLine({ leaf, state, took, sentence }: ChecklistItem): Line {
  const word = state === 'next' || state === 'skipped' ? state : '';
  const told = [word, took === null ? '' : duration(took), sentence ?? ''].filter((text) => text !== '');
  return { ...looks[state], words: leaf, told: told.join('   ') };
}

function windowed(lines: readonly Line[], at: number, scene: Scene): Row[] {
  const most = Math.max(2, Math.min(8, Math.floor(bodyHeight(scene.size) / 4)));
  const from = Math.max(0, Math.min(at - 1, lines.length - most));
  return lines.slice(from, from + most).map((line, index) => {
    const place = from + index;
    const hidden = index === most - 1 ? lines.length - place - 1 : 0;
    const number = String(place + 1).padStart(String(lines.length).length);
    const row: Row = [
      cell(' '),
      mark(line.mark, scene.look),
      cell(` ${number}  ${line.words}`, line.role),
      cell(line.told === '' ? '' : `   ${line.told.replaceAll('\n', ' ')}`, 'faint'),
      cell(hidden > 0 ? `   and ${hidden} more` : '', 'faint'),
    ];
    return clipRow(row, scene.size.columns, scene.look);
  });
}

function stepMark(run: Run, place: number): MarkName {
  if (run.state === 'done' || place < run.step) return 'done';
  if (place > run.step) return 'unstarted';
  return run.state;
}

function stepWords({ phase, argv }: Step): string {
  return phase ?? argv.join(' ');
}
