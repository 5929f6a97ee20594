import { shellQuote } from '../../actions/shell-quote.ts';
import { actionById } from '../../actions/table.ts';
import type { Cause, NextStep, Why } from '../../protocol/why.ts';
import type { Row } from '../../theme/cell.ts';
import { width as widthOf, wrap } from '../cells.ts';
import { roughly } from '../format/duration.ts';
import { epoch } from '../format/instant.ts';
import { bodyHeight } from '../layout.ts';
import type { Scene } from '../scene.ts';
import type { WhyOverlay } from '../why-overlay.ts';
import { whyStanding } from '../why-standing.ts';
import { cell, clipRow, fill, rowWidth, spread } from './line.ts';

/** The answer to why: the question, the causes with where they are known from and how old that is, the next safe step. */
export function whyRows(scene: Scene, overlay: WhyOverlay): Row[] {
  const { columns } = scene.size;
  const body = bodyHeight(scene.size);
  const text = whyText(scene, overlay, { width: columns - 2 });
  const top = Math.min(overlay.top, whyOverflow(scene, overlay));
  const fits = text.length <= body;
  const shown = text.slice(top, top + (fits ? body : body - 1));
  const below = text.length - top - shown.length;
  const rest: Row = [cell(below > 0 ? ` ${below} more lines: Down` : '', 'warn')];
  const rows = (fits ? shown : [...shown, rest]).map((row) => [cell(' '), ...row]);
  return fill(
    rows.map((row) => clipRow(row, columns, scene.look)),
    body,
  );
}

/** How far it can be scrolled: what does not fit, and the line that says so. */
export function whyOverflow(scene: Scene, overlay: WhyOverlay): number {
  const { length } = whyText(scene, overlay, { width: scene.size.columns - 2 });
  const body = bodyHeight(scene.size);
  return length <= body ? 0 : length - body + 1;
}

/** The same in full, in lines of at most `width` cells; endless ones have their sources behind them. */
export function whyText(scene: Scene, overlay: WhyOverlay, { width }: { width: number }): Row[] {
  const { answer, problem } = overlay;
  const again = problem === null || answer === null ? [] : [[], ...said(problem, width, 'bad')];
  if (answer !== null) return [...answerRows(scene, { overlay, answer, width }), ...again];
  const asked =
    overlay.about.refusal ??
    `Why is ${overlay.about.node ?? overlay.about.phase ?? 'the operation'} as it is?`;
  const state = problem === null ? said('Checking…', width, 'faint') : said(problem, width, 'bad');
  return [...said(asked, width, 'title'), [], ...state];
}

type Asked = { overlay: WhyOverlay; answer: Why; width: number };

function answerRows(scene: Scene, { overlay, answer, width }: Asked): Row[] {
  const old = `answered ${roughly(scene.now - (overlay.at ?? scene.now))} ago`;
  const known = answer.causes.flatMap((cause, index) =>
    causeRows(scene, { cause, number: index + 1, width }),
  );
  const none: Row[] = [[cell('nothing the agent can read explains it', 'warn')]];
  return [
    ...headRows(answer.question, { old, width, scene }),
    ...movedRows(scene, overlay, width),
    [],
    ...(answer.causes.length === 0 ? none : known),
    [],
    ...nextRows(answer.next, width),
    ...(answer.after === null ? [] : labelled('After that', answer.after, { width })),
  ];
}

/** An answer does not change under the eyes of who reads it; when what it is about has, that is said. */
function movedRows(scene: Scene, { standing, about }: WhyOverlay, width: number): Row[] {
  const moved = standing !== null && standing !== whyStanding(scene.cluster, about);
  return moved ? said('It has changed since this was answered: w asks again.', width, 'warn') : [];
}

function headRows(question: string, at: { old: string; width: number; scene: Scene }): Row[] {
  const [first = '', ...rest] = wrap(question, at.width - widthOf(at.old) - 2);
  const head = withRight([cell(first, 'title')], [cell(at.old, 'faint')], at);
  return [head, ...rest.map((line): Row => [cell(line, 'title')])];
}

/** The number, the sentence, and at the right edge where it is known from and how long ago that was read. */
function causeRows(scene: Scene, at: { cause: Cause; number: number; width: number }): Row[] {
  const { cause, number, width } = at;
  const from = evidence(cause, scene.now);
  const [first = '', ...rest] = wrap(cause.text, width - 3 - widthOf(from) - 2);
  const head: Row = [cell(String(number).padEnd(3), 'key'), cell(first)];
  return [
    withRight(head, [cell(from, cause.at === null ? 'warn' : 'faint')], { width, scene }),
    ...rest.map((line): Row => [cell('   '), cell(line)]),
  ];
}

/** `plan, 1s ago`; when nobody knows how old it is, that. */
function evidence({ source, at }: Cause, now: number): string {
  const read = epoch(at);
  return `${source}, ${read === null ? 'age unknown' : `${roughly(now - read)} ago`}`;
}

function withRight(left: Row, right: Row, { width, scene }: { width: number; scene: Scene }): Row {
  if (!Number.isFinite(width)) return [...left, cell('   '), ...right];
  return spread(left, right, Math.max(width, rowWidth(right)), scene.look);
}

/** What to do, its literal commands, and whether it can be done from here; of waiting nothing more is said. */
function nextRows(next: NextStep, width: number): Row[] {
  const commands = next.commands.flatMap((command, index) =>
    labelled(index === 0 ? '  command' : '', command, { width, role: 'strong' }),
  );
  return [...labelled('Next safe step', next.text, { width }), ...commands, ...howRows(next, width)];
}

function howRows(next: NextStep, width: number): Row[] {
  if (next.what === 'wait') return [];
  if (next.what === 'action') return actionRows(next, width);
  const own =
    next.commands.length > 0 ? 'your own commands; not run from here' : 'hand work; not done from here';
  return labelled('', own, { width, role: 'faint' });
}

/** On the screen Enter opens it; where text is all there is, the command that asks the same. */
function actionRows({ action, args }: NextStep, width: number): Row[] {
  const row = actionById(action ?? '');
  if (row === undefined) return labelled('', 'this console has no such action', { width, role: 'warn' });
  if (Number.isFinite(width))
    return labelled('', `Enter opens ${row.label}, which asks first`, { width, role: 'key' });
  const words = Object.entries(args).map(([name, value]) => `--${name}=${String(value)}`);
  return labelled('', shellQuote(['gravity-console', 'do', row.id, ...words]), { width });
}

const labelWidth = 17;

function labelled(
  name: string,
  text: string,
  at: { width: number; role?: 'strong' | 'faint' | 'warn' | 'key' },
): Row[] {
  return wrap(text, at.width - labelWidth).map(
    (line, index): Row => [
      cell((index === 0 ? name : '').padEnd(labelWidth), name.startsWith(' ') ? 'faint' : 'title'),
      cell(line, at.role),
    ],
  );
}

function said(text: string, width: number, role: 'title' | 'faint' | 'warn' | 'bad'): Row[] {
  return wrap(text, width).map((line): Row => [cell(line, role)]);
}
