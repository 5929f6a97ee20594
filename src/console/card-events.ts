import type { Judgement } from '../protocol/judgement.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { named } from './run-name.ts';
import type { Card, Notice, Ui } from './ui.ts';
import { withListOf } from './ui.ts';

/** What the world answers to an open card; an answer to a card that is no longer open changes nothing. */
export const cardEvents = {
  /** The agent judged: the operator decides from here on. */
  judged: (ui: Ui, id: number, judgement: Judgement): Ui => {
    const back = judgement.allowed ? null : backToForm(ui, id, whyNot(judgement));
    return back ?? change(ui, id, { stage: 'ready', judgement, problem: null, drawn: false, armed: false });
  },
  /** It could not be judged at all. */
  failed: (ui: Ui, id: number, sentence: string): Ui =>
    backToForm(ui, id, sentence) ?? change(ui, id, { stage: 'ready', problem: sentence }),
  /** The frame with the card is on the terminal. */
  drawn: (ui: Ui, id: number): Ui => change(ui, id, { drawn: true }),
  /** 400 ms went by without a key since. */
  armed: (ui: Ui, id: number): Ui => change(ui, id, { armed: true }),
  /** The agent will not start it as it is; the sentence stands in the card. */
  refused: (ui: Ui, id: number, sentence: string): Ui =>
    backToForm(ui, id, sentence) ?? change(ui, id, { stage: 'ready', problem: sentence, focus: 'no' }),
  /** What was judged has changed: the card says what, and starts again from No. */
  changed: (ui: Ui, id: number, difference: readonly string[]): Ui =>
    change(ui, id, {
      stage: 'asking',
      changed: difference,
      focus: 'no',
      word: '',
      drawn: false,
      armed: false,
      problem: null,
    }),
  /** It runs: the card closes, and the runs have it selected. */
  started: (ui: Ui, id: number, run: Run): Ui => {
    const card = openCard(ui, id);
    if (card === null) return ui;
    const shown = withListOf(ui, 'runs', { selected: run.id, detailTop: 0 });
    if (card.shows === 'output') return outputOf(shown, run);
    return { ...shown, overlay: null, notice: startedNotice(run, card.judgement), settling: card.missed };
  },
} as const;

/** What was typed is not lost: the form is there again, with the reason. */
function backToForm(ui: Ui, id: number, problem: string): Ui | null {
  const card = openCard(ui, id);
  if (card === null || card.form === null) return null;
  return { ...ui, overlay: { ...card.form, problem }, settling: card.missed };
}

function whyNot({ reason, nextStep }: Judgement): string {
  return nextStep === null ? (reason ?? 'refused') : `${reason ?? 'refused'}\nNext: ${nextStep}`;
}

/** What the agent does itself is over when it answers, and prints nothing. */
function startedNotice(run: Run, judgement: Judgement | null): Notice {
  const { state, sentence } = run;
  const behind = judgement?.queuesBehind;
  if (!isFinal(state) && behind)
    return { text: `${named(run)} is queued (#${behind.waiting + 1})`, tone: 'plain' };
  if (!isFinal(state)) return { text: `${named(run)} was sent   o shows its output`, tone: 'plain' };
  const why = sentence === null ? '' : `: ${sentence}`;
  return { text: `${named(run)} ${state}${why}`, tone: state === 'done' ? 'good' : 'bad' };
}

/** The card with this id, when it is the one open. */
export function openCard(ui: Ui, id: number): Card | null {
  return ui.overlay?.kind === 'card' && ui.overlay.id === id ? ui.overlay : null;
}

/** The run with its output in full; leaving that leads back to where we are. */
function outputOf(ui: Ui, run: Run): Ui {
  const opened = withListOf(ui, 'runs', { detail: true, filter: '', find: '', found: null });
  const settling = openCard(ui, ui.cards)?.missed ?? false;
  return { ...opened, overlay: null, settling, screen: 'runs', cameFrom: { screen: ui.screen, run: run.id } };
}

function change(ui: Ui, id: number, part: Partial<Card>): Ui {
  const card = openCard(ui, id);
  return card === null ? ui : { ...ui, overlay: { ...card, ...part } };
}
