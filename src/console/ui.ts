import type { Judgement } from '../protocol/judgement.ts';
import type { Form } from './form.ts';
import type { TimeMode } from './format/instant.ts';
import type { ScreenId } from './screen-table.ts';
import type { WhyOverlay } from './why-overlay.ts';

/** A list's state. `selected` null follows: what runs in the plan, the newest elsewhere. `top` is the first line shown. */
export type ListUi = {
  selected: string | null;
  top: number;
  filter: string;
  /** The details have the focus, and `detailTop` lines of them are scrolled by (a run's output: from its end). */
  detail: boolean;
  detailTop: number;
  /** What is searched for in a run's output, and the line it was last found in. */
  find: string;
  found: number | null;
};

export type CardFocus = 'no' | 'yes' | 'word' | 'reason';

/**
 * A confirmation. `asking`: the agent judges · `ready`: the operator decides · `starting`: sent.
 * `drawn` once its frame reached the terminal; `armed` after 400 ms without a key from then on: before that every
 * key but Esc is dropped, so nothing typed ahead or pasted can confirm. `changed` is what a 409 said.
 */
export type Card = {
  kind: 'card';
  /** Told apart from a card opened before it, whose late answers are dropped. */
  id: number;
  action: string;
  args: Record<string, unknown>;
  /** What the arguments were asked with, to which a refusal goes back; null where nothing was asked. */
  form: Form | null;
  stage: 'asking' | 'ready' | 'starting';
  judgement: Judgement | null;
  drawn: boolean;
  armed: boolean;
  /** A key was dropped because it came before the card could take any. */
  missed: boolean;
  focus: CardFocus;
  word: string;
  reason: string;
  changed: readonly string[];
  problem: string | null;
  top: number;
  /** Every phase is listed, not only the first few. */
  unfolded?: boolean;
  /** What it started is looked at at once, as `o` does it. */
  shows?: 'output';
};

export type Overlay =
  | null
  | Card
  | { kind: 'menu'; selected: number }
  | { kind: 'help'; selected: number }
  | { kind: 'runbook'; phase: string; top: number }
  | { kind: 'palette'; query: string; selected: number }
  | Form
  | WhyOverlay
  | { kind: 'copy'; selected: number; beneath: Overlay }
  | { kind: 'search'; text: string; in: 'filter' | 'find' };

export type Notice = { text: string; tone: 'plain' | 'good' | 'bad' };

/** All that the console itself is doing, as plain data: no clock, no cluster, nothing that cannot be written down. */
export type Ui = {
  screen: ScreenId;
  lists: Record<ScreenId, ListUi>;
  /** Groups the operator opened (true) or closed (false) by hand; the others follow their state. */
  folds: Record<string, boolean>;
  /** The plan is drawn with time from left to right. */
  gantt: boolean;
  overlay: Overlay;
  time: TimeMode;
  /** One line per change on the normal screen instead of a screen that is drawn. */
  linear: boolean;
  notice: Notice | null;
  /** Whatever was open has closed under the operator's hands: keys are dropped until none came for 400 ms. */
  settling: boolean;
  /** Where the output of a run was opened from: leaving that output goes back there. */
  cameFrom: { screen: ScreenId; run: string } | null;
  /** Take the wheel when it is free (`--drive`). */
  drive: boolean;
  /** How many cards and questions were opened so far: the next one's id. */
  cards: number;
};

const freshList: ListUi = {
  selected: null,
  top: 0,
  filter: '',
  detail: false,
  detailTop: 0,
  find: '',
  found: null,
};

/** The console as it opens. */
export function freshUi(start: { screen: ScreenId; time: TimeMode; drive: boolean; linear?: boolean }): Ui {
  return {
    screen: start.screen,
    lists: {
      overview: freshList,
      plan: freshList,
      nodes: freshList,
      history: freshList,
      operations: freshList,
      runs: freshList,
    },
    folds: {},
    gantt: false,
    overlay: null,
    time: start.time,
    linear: start.linear ?? false,
    notice: null,
    settling: false,
    cameFrom: null,
    drive: start.drive,
    cards: 0,
  };
}

/** The state of the list on the screen shown. */
export function currentList(ui: Ui): ListUi {
  return ui.lists[ui.screen];
}

/** The same with the list of the screen shown changed. */
export function withList(ui: Ui, change: Partial<ListUi>): Ui {
  return withListOf(ui, ui.screen, change);
}

/** The same with the list of any screen changed. */
export function withListOf(ui: Ui, screen: ScreenId, change: Partial<ListUi>): Ui {
  return { ...ui, lists: { ...ui.lists, [screen]: { ...ui.lists[screen], ...change } } };
}
