import type { Runbook } from '../model/runbook/page.ts';
import type { Cancel, Clock } from '../ports.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import type { AgentLink } from './agent-link.ts';
import { ringForAttention } from './bell.ts';
import { createCardEffects } from './card-effects.ts';
import { type ConsoleOptions, type ConsoleStore, consoleStore } from './console-state.ts';
import { fadeNotices } from './fade-notice.ts';
import { followStream } from './follow-stream.ts';
import type { Intent, Said } from './intent.ts';
import { cursorOf } from './items.ts';
import type { Key } from './keys/key.ts';
import { createKeyboard } from './keys/keyboard.ts';
import type { Size } from './layout.ts';
import { createListener } from './listener.ts';
import { createOutputFollower, type Followed } from './output-follower.ts';
import type { OwnTerminal } from './own-terminal.ts';
import { repeat } from './repeat.ts';
import type { Scene } from './scene.ts';
import { driveOnceLive } from './take-wheel.ts';
import type { Notice, Ui } from './ui.ts';
import { updatePaste } from './update/paste.ts';
import { update } from './update/update.ts';
import { createWhyEffects } from './why-effects.ts';

/** What only whoever owns the terminal can do. */
export type TerminalEffects = {
  repaint(): void;
  suspend(): void;
  quit(): void;
  /** Changes between the full screen and plain lines. */
  linear(): void;
  say(what: Said): void;
  /** Calls whoever sits at the terminal, once. */
  ring(): void;
  copy(what: { name: string; text: string; toFile: boolean }): void;
  /** Runs the steps at this terminal, tells the agent their end, and opens the screen again. */
  lend?(run: Run): void;
};

export type Console = {
  store: ConsoleStore;
  /** Raw input as it came. */
  input(chunk: string): void;
  resize(size: Size): void;
  /** The frame with this card has reached the terminal. */
  cardDrawn(card: number): void;
  /** Somebody else had the terminal: what was typed for them is no key of ours. */
  settle(): void;
  /** Says something at the bottom of the screen until the next key, for 10 s at most. */
  tell(notice: Notice): void;
  start(terminal: TerminalEffects): void;
  stop(): void;
};

/** Whoever holds the wheel says so this often, else it is lost after 60 s (design 5). */
const holdMs = 10_000;

type Ports = {
  link: AgentLink;
  clock: Clock;
  ownTerminal?: OwnTerminal;
  /** Reads the pages this console came with; without it there are none. */
  runbook?(): Promise<Runbook>;
};

/** What is asked of the agent, or of the clock, for a card. */
function isOfCards(intent: Intent): intent is Parameters<ReturnType<typeof createCardEffects>['perform']>[0] {
  return ['judge', 'start', 'rearm', 'settle'].includes(intent.kind);
}

const noTerminal = { refused: 'this console has no terminal to lend' };

/** The console without its screen: hears the agent, folds what it says, takes keys and does what they ask for. */
export function createConsole(ports: Ports, options: ConsoleOptions): Console {
  const store = consoleStore(ports.clock, options);
  const setScene = (change: (scene: Scene) => Scene) =>
    store.setState(({ scene }) => ({ scene: change(scene) }));
  const changeUi = (change: (ui: Ui) => Ui) => store.setState(({ ui }) => ({ ui: change(ui) }));
  const whys = createWhyEffects({ link: ports.link, scene: () => store.getState().scene }, changeUi);
  const cards = createCardEffects(
    {
      ...ports,
      ownTerminal: ports.ownTerminal ?? noTerminal,
      console: options.id,
      lend: (run) => terminal?.lend?.(run),
    },
    changeUi,
  );
  const keyboard = createKeyboard(ports.clock, { press, paste });
  let terminal: TerminalEffects | null = null;
  let stops: Cancel[] = [];

  return {
    store,
    input: keyboard.input,
    resize: (size) => setScene((scene) => ({ ...scene, size })),
    cardDrawn: cards.drawn,
    settle: cards.settle,
    tell: (notice) => store.setState(({ ui }) => ({ ui: { ...ui, notice } })),
    start(effects) {
      terminal = effects;
      stops = [
        showOutput(ports, store),
        ringForAttention(store, () => effects.ring()),
        fadeNotices(store, ports.clock),
        ...listen(ports, store),
      ];
      void ports.runbook?.().then((runbook) => setScene((scene) => ({ ...scene, runbook })));
    },
    stop() {
      for (const stop of [...stops, keyboard.stop, cards.stop]) stop();
    },
  };

  function press(key: Key): void {
    const { ui, scene } = store.getState();
    const step = update(ui, scene, key);
    if (step.ui !== ui) store.setState({ ui: step.ui });
    if (step.intent) perform(step.intent);
  }

  function paste(text: string): void {
    const { ui, scene } = store.getState();
    const pasted = updatePaste(ui, scene, text);
    if (pasted !== ui) store.setState({ ui: pasted });
  }

  function perform(intent: Intent): void {
    if (isOfCards(intent)) cards.perform(intent);
    else if (intent.kind === 'why') void whys.perform(intent);
    else if (intent.kind === 'say') terminal?.say(intent.what);
    else if (intent.kind === 'copy') terminal?.copy(intent);
    else terminal?.[intent.kind]();
  }
}

/** Hears the agent, keeps the wheel while this console has it, and the clock on the screen going. */
function listen(ports: Ports, store: ConsoleStore): Cancel[] {
  const listener = createListener(store, ports.clock);
  const stream = followStream(ports, listener);
  const drives = () => {
    const { cluster, console } = store.getState().scene;
    return cluster.wheel.holder?.console === console;
  };
  const hold = () => {
    if (drives()) stream.hold();
    return holdMs;
  };
  return [
    stream.stop,
    driveOnceLive(store, ports.link),
    repeat(ports.clock, hold),
    repeat(ports.clock, listener.tick),
  ];
}

/** Keeps the output of the run that is on the screen in the scene. */
function showOutput(ports: Ports, store: ConsoleStore): Cancel {
  const output = createOutputFollower(ports, (shown) =>
    store.setState(({ scene }) => ({ scene: { ...scene, output: shown } })),
  );
  const stop = store.subscribe(({ scene, ui }) => output.follow(followed(scene, ui)));
  return () => {
    stop();
    output.follow(null);
  };
}

/** The run whose output is on the screen. */
function followed(scene: Scene, ui: Ui): Followed | null {
  if (ui.screen !== 'runs') return null;
  const run = scene.cluster.runs.find((one) => one.id === cursorOf(scene, ui));
  return run === undefined ? null : { id: run.id, live: !isFinal(run.state) };
}
