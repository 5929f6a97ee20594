import { isFinal, type Run } from '../../protocol/run.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import { width, wrap } from '../cells.ts';
import { duration } from '../format/duration.ts';
import { clockTime, epoch, zone } from '../format/instant.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { whoIs } from '../who-is.ts';
import { cell, clipRow, glyph, rowWidth } from './line.ts';
import { runListRows } from './run-list.ts';

/**
 * What stands between the list of runs and the output of one: its command and how it ended on a rule, who started it
 * when and why, where it stands in the queue, and its leaves or steps where there are several.
 */
export function runHeadRows(run: Run, scene: Scene, ui: Ui): Row[] {
  const fits = rowWidth(ruleWords(run, scene)) + width(endSentence(run)) + 3 <= scene.size.columns;
  const said = fits ? [] : wrap(endSentence(run), scene.size.columns - 2).slice(0, 4);
  return [
    ruleRow(run, scene, fits),
    ...said.map((line): Row => [cell(` ${line}`, resultRole(run))]),
    clipRow([cell(' '), ...factCells(run, scene, ui)], scene.size.columns, scene.look),
    ...runListRows(run, scene),
  ];
}

/** How many runs on the cluster are before a queued one: the one that runs and those asked for earlier. */
export function runsAhead(run: Run, runs: readonly Run[]): number {
  const older = runs.slice(runs.findIndex(({ id }) => id === run.id) + 1);
  return older.filter(({ lane, state }) => lane === 'cluster' && !isFinal(state)).length;
}

function ruleRow(run: Run, scene: Scene, withSentence: boolean): Row {
  const rule = glyph('rule', scene.look);
  const sentence = withSentence && endSentence(run) !== '' ? `  ${endSentence(run)}` : '';
  const words: Row = [...ruleWords(run, scene), cell(`${sentence} `, resultRole(run))];
  const rest = Math.max(0, scene.size.columns - rowWidth(words));
  return clipRow([...words, cell(rule.repeat(rest), 'faint')], scene.size.columns, scene.look);
}

function ruleWords(run: Run, { look }: Scene): Row {
  const step = run.steps[run.step];
  const count = run.steps.length > 1 ? `step ${run.step + 1} of ${run.steps.length}  ` : '';
  const end = run.exitCode === null ? (run.signal ?? '') : `exit ${run.exitCode}`;
  return [
    cell(`${glyph('rule', look)} `, 'faint'),
    cell(count),
    cell(step?.argv.join(' ') ?? run.label, 'title'),
    cell(end === '' ? '' : `  ${end}`, run.exitCode === 0 ? 'good' : 'bad'),
  ];
}

function endSentence({ sentence, state }: Run): string {
  return isFinal(state) ? (sentence ?? '') : '';
}

function resultRole({ state }: Run): 'bad' | undefined {
  return state === 'done' ? undefined : 'bad';
}

function factCells(run: Run, scene: Scene, ui: Ui): Cell[] {
  const at = (instant: string | null) =>
    `${clockTime(instant, ui.time, scene.now)}${ui.time === 'relative' ? '' : zone(scene.now, ui.time)}`;
  const began = epoch(run.startedAt);
  const ended = epoch(run.finishedAt);
  const facts = [
    run.state,
    `by ${whoIs(run.by)}`,
    run.startedAt === null ? `asked for at ${at(run.queuedAt)}` : `began ${at(run.startedAt)}`,
    ...(ended === null ? [] : [`ended ${at(run.finishedAt)}`]),
    ...(began === null
      ? []
      : [`${ended === null ? 'for' : 'took'} ${duration((ended ?? scene.now) - began)}`]),
    ...queueFact(run, scene),
    ...(run.interruptedBy === null ? [] : [`interrupted by ${whoIs(run.interruptedBy)}`]),
    ...(run.reason === null ? [] : [`because: ${run.reason}`]),
  ];
  return [cell(facts.join('   '), 'faint')];
}

function queueFact(run: Run, { cluster }: Scene): string[] {
  if (run.state !== 'queued') return [];
  if (run.lane === 'read') return ['waits for the reading under way'];
  const ahead = runsAhead(run, cluster.runs);
  return [ahead === 0 ? 'next to run' : `${ahead} ${ahead === 1 ? 'run' : 'runs'} before it`];
}
