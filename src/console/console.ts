import type { Cancel, Clock } from '../ports.ts';
import { isFinal } from '../protocol/run.ts';
import type { StreamMessage } from '../protocol/stream.ts';
import type { AgentLink } from './agent-link.ts';
import { createCardEffects } from './card-effects.ts';
import { type ConsoleOptions, type ConsoleStore, consoleStore } from './console-state.ts';
import { followStream } from './follow-stream.ts';
import { epoch } from './format/instant.ts';
import { atTime, hear } from './hear.ts';
import type { Intent } from './intent.ts';
import { cursorOf } from './items.ts';
import type { Key } from './keys/key.ts';
import { createKeyboard } from './keys/keyboard.ts';
import type { Size } from './layout.ts';
import { createOutputFollower, type Followed } from './output-follower.ts';
import { repeat } from './repeat.ts';
import { runNotice } from './run-notice.ts';
import type { Scene } from './scene.ts';
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
  let terminal: TerminalEffects | null = null;
  let skew = 0;
  let stops: Cancel[] = [];

  return {
    store,
    input: keyboard.input,
    resize: (size) => setScene((scene) => ({ ...scene, size })),
    cardDrawn: cards.drawn,
    start(effects) {
      terminal = effects;
      const stream = followStream(ports, { take, lost });
      stops = [
        store.subscribe(({ scene, ui }) => output.follow(followed(scene, ui))),
        stream.stop,
        repeat(clock, () => {
          if (drives()) stream.hold();
          return holdMs;
        }),
        repeat(clock, tick),
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

  function take(message: StreamMessage): void {
    if (message.type !== 'event') skew = skewOf(message.at, clock.now());
    const { runs } = store.getState().scene.cluster;
    setScene((scene) => hear(scene, message, clock.now() + skew));
    store.setState({ live: true });
    if (message.type !== 'event' || message.event.kind !== 'run.changed') return;
    const notice = runNotice(runs, message.event.run, options.id);
    if (notice !== null) setUi((ui) => ({ ...ui, notice }));
  }

  function lost(problem: string): void {
    setScene((scene) => ({ ...scene, connection: { ...scene.connection, state: 'lost', problem } }));
  }

  /** Answers in how many ms the clock on the screen shows its next second. */
  function tick(): number {
    setScene((scene) => atTime(scene, clock.now() + skew));
    return 1000 - (clock.now() % 1000);
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

/** How far the agent's clock is from ours, ms; a small difference is the way here, not the clocks'. */
function skewOf(at: string, now: number): number {
  const difference = (epoch(at) ?? now) - now;
  return Math.abs(difference) > 2000 ? difference : 0;
}

/** The run whose output is on the screen. */
function followed(scene: Scene, ui: Ui): Followed | null {
  if (ui.screen !== 'runs') return null;
  const run = scene.cluster.runs.find((one) => one.id === cursorOf(scene, ui));
  return run === undefined ? null : { id: run.id, live: !isFinal(run.state) };
}
