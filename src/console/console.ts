import { fold } from '../model/fold.ts';
import { refreshSources } from '../model/refresh-sources.ts';
import { shownStates } from '../model/shown-states.ts';
import type { Cancel, Clock } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import type { StreamMessage } from '../protocol/stream.ts';
import type { AgentLink } from './agent-link.ts';
import { createCardEffects } from './card-effects.ts';
import { type ConsoleOptions, type ConsoleStore, consoleStore } from './console-state.ts';
import { followStream } from './follow-stream.ts';
import { epoch } from './format/instant.ts';
import type { Intent } from './intent.ts';
import { cursorOf } from './items.ts';
import { type DecoderState, decode, flush, freshDecoder } from './keys/decode.ts';
import type { Key } from './keys/key.ts';
import type { Size } from './layout.ts';
import { createOutputFollower, type Followed } from './output-follower.ts';
import { planTree } from './plan-tree.ts';
import { runNotice } from './run-notice.ts';
import type { Scene } from './scene.ts';
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

/** A lone escape becomes the Esc key when nothing followed it for this long. */
const escapeMs = 40;
const holdMs = 10_000;

/** The console without its screen: hears the agent, folds what it says, takes keys and does what they ask for. */
export function createConsole(ports: { link: AgentLink; clock: Clock }, options: ConsoleOptions): Console {
  const { clock, link } = ports;
  const store = consoleStore(clock, options);
  const output = createOutputFollower(ports, (shown) => setScene({ output: shown }));
  const cards = createCardEffects({ link, clock, console: options.id }, (change) =>
    store.setState(({ ui }) => ({ ui: change(ui) })),
  );
  let decoder: DecoderState = freshDecoder;
  let terminal: TerminalEffects | null = null;
  let skew = 0;
  let stops: Cancel[] = [];
  let lateEscape: Cancel = () => {};
  let tick: Cancel = () => {};

  return {
    store,
    input,
    resize: (size) => setScene({ size }),
    cardDrawn: cards.drawn,
    start(effects) {
      terminal = effects;
      const stream = followStream(ports, { take, lost });
      stops = [
        store.subscribe(({ scene, ui }) => output.follow(followed(scene, ui))),
        stream.stop,
        holding(stream.hold),
        cards.stop,
      ];
      eachSecond();
    },
    stop() {
      for (const stop of stops) stop();
      lateEscape();
      tick();
      output.follow(null);
    },
  };

  function input(chunk: string): void {
    lateEscape();
    const decoded = decode(decoder, chunk);
    decoder = decoded.state;
    decoded.keys.forEach(press);
    if (decoder.pending !== '') lateEscape = clock.after(escapeMs, flushed);
  }

  function flushed(): void {
    const decoded = flush(decoder);
    decoder = decoded.state;
    decoded.keys.forEach(press);
  }

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
    if (message.type !== 'event') skew = skewOf(message.at);
    const now = clock.now() + skew;
    const connection: Scene['connection'] = { state: 'connected', heard: now, problem: null };
    const before = store.getState().scene.cluster;
    const cluster = after(before, message);
    const tree = cluster.plan === before.plan ? store.getState().scene.tree : planTree(cluster.plan);
    const states = shownStates(cluster, now);
    store.setState(({ scene }) => ({
      live: true,
      scene: { ...scene, cluster, tree, states, connection, now },
    }));
  }

  function tell(before: Cluster, run: Run): void {
    const notice = runNotice(before.runs, run, options.id);
    if (notice !== null) store.setState(({ ui }) => ({ ui: { ...ui, notice } }));
  }

  /** Small differences are the way here, not the clocks'. */
  function skewOf(at: string): number {
    const difference = (epoch(at) ?? clock.now()) - clock.now();
    return Math.abs(difference) > 2000 ? difference : 0;
  }

  function lost(reason: string): void {
    const { connection } = store.getState().scene;
    setScene({ connection: { ...connection, state: 'lost', problem: reason } });
  }

  function setScene(part: Partial<Scene>): void {
    store.setState(({ scene }) => ({ scene: { ...scene, ...part } }));
  }

  function eachSecond(): void {
    const now = clock.now() + skew;
    setScene({ now, states: shownStates(store.getState().scene.cluster, now) });
    tick = clock.after(1000 - (clock.now() % 1000), eachSecond);
  }

  /** Whoever holds the wheel says so every 10 s, else it is lost after 60 (design 5). */
  function holding(hold: () => void): Cancel {
    let cancel: Cancel = () => {};
    const again = () => {
      if (store.getState().scene.cluster.wheel.holder?.console === options.id) hold();
      cancel = clock.after(holdMs, again);
    };
    again();
    return () => cancel();
  }
}

function after(cluster: Cluster, message: StreamMessage): Cluster {
  if (message.type === 'snapshot') return message.state;
  if (message.type === 'event') return fold(cluster, message.event);
  return message.lastGood ? refreshSources(cluster, message.lastGood) : cluster;
}

/** The run whose output is on the screen. */
function followed(scene: Scene, ui: Parameters<typeof cursorOf>[1]): Followed | null {
  if (ui.screen !== 'runs') return null;
  const run = scene.cluster.runs.find((one) => one.id === cursorOf(scene, ui));
  return run === undefined ? null : { id: run.id, live: !isFinal(run.state) };
}
