import type { Cancel, Clock } from '../ports.ts';
import { isFinal } from '../protocol/run.ts';
import type { AgentLink } from './agent-link.ts';
import { createCardEffects } from './card-effects.ts';
import { type ConsoleOptions, type ConsoleStore, consoleStore } from './console-state.ts';
import { followStream } from './follow-stream.ts';
import type { Intent } from './intent.ts';
import { cursorOf } from './items.ts';
import type { Key } from './keys/key.ts';
import { createKeyboard } from './keys/keyboard.ts';
import type { Size } from './layout.ts';
import { createListener } from './listener.ts';
import { createOutputFollower, type Followed } from './output-follower.ts';
import { repeat } from './repeat.ts';
import type { Scene } from './scene.ts';
import { driveOnceLive } from './take-wheel.ts';
import type { Ui } from './ui.ts';
import { update } from './update/update.ts';

/** What only whoever owns the terminal can do. */
export type TerminalEffects = { repaint(): void; suspend(): void; quit(): void };

export type Console = {
  store: ConsoleStore;
  /** Raw input as it came. */
  input(chunk: string): void;
  resize(size: Size): void;
  /** The frame with this card has reached the terminal. */
  cardDrawn(card: number): void;
  start(terminal: TerminalEffects): void;
  stop(): void;
};

/** Whoever holds the wheel says so this often, else it is lost after 60 s (design 5). */
const holdMs = 10_000;

/** The console without its screen: hears the agent, folds what it says, takes keys and does what they ask for. */
export function createConsole(ports: { link: AgentLink; clock: Clock }, options: ConsoleOptions): Console {
  const { clock } = ports;
  const store = consoleStore(clock, options);
  const output = createOutputFollower(ports, (shown) => setScene((scene) => ({ ...scene, output: shown })));
  const cards = createCardEffects({ ...ports, console: options.id }, setUi);
  const keyboard = createKeyboard(clock, press);
  const listener = createListener(store, clock);
  let terminal: TerminalEffects | null = null;
  let stops: Cancel[] = [];

  return {
    store,
    input: keyboard.input,
    resize: (size) => setScene((scene) => ({ ...scene, size })),
    cardDrawn: cards.drawn,
    start(effects) {
      terminal = effects;
      const stream = followStream(ports, listener);
      stops = [
        store.subscribe(({ scene, ui }) => output.follow(followed(scene, ui))),
        stream.stop,
        driveOnceLive(store, ports.link),
        repeat(clock, () => {
          if (drives()) stream.hold();
          return holdMs;
        }),
        repeat(clock, listener.tick),
      ];
    },
    stop() {
      for (const stop of [...stops, keyboard.stop, cards.stop]) stop();
      output.follow(null);
    },
  };

  function press(key: Key): void {
    const { ui, scene } = store.getState();
    const step = update(ui, scene, key);
    if (step.ui !== ui) store.setState({ ui: step.ui });
    if (step.intent) perform(step.intent);
  }

  function perform(intent: Intent): void {
    if (intent.kind === 'judge' || intent.kind === 'start' || intent.kind === 'rearm') cards.perform(intent);
    else terminal?.[intent.kind]();
  }

  function drives(): boolean {
    return store.getState().scene.cluster.wheel.holder?.console === options.id;
  }

  function setScene(change: (scene: Scene) => Scene): void {
    store.setState(({ scene }) => ({ scene: change(scene) }));
  }

  function setUi(change: (ui: Ui) => Ui): void {
    store.setState(({ ui }) => ({ ui: change(ui) }));
  }
}

/** The run whose output is on the screen. */
function followed(scene: Scene, ui: Ui): Followed | null {
  if (ui.screen !== 'runs') return null;
  const run = scene.cluster.runs.find((one) => one.id === cursorOf(scene, ui));
  return run === undefined ? null : { id: run.id, live: !isFinal(run.state) };
}
