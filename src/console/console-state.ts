import { createStore, type StoreApi } from 'zustand/vanilla';
import { emptyCluster } from '../model/empty-cluster.ts';
import { timingOf } from '../model/estimate/timing.ts';
import { outagesOf } from '../model/outage/outages.ts';
import type { Clock } from '../ports.ts';
import type { TimeMode } from './format/instant.ts';
import type { Size } from './layout.ts';
import { noOutput } from './output-follower.ts';
import { emptyTree } from './plan-tree.ts';
import type { Look, Scene } from './scene.ts';
import type { ScreenId } from './screen-table.ts';
import { freshUi, type Ui } from './ui.ts';

/** What the console is started with. `id` tells this console from every other one. */
export type ConsoleOptions = {
  id: string;
  screen: ScreenId;
  time: TimeMode;
  drive: boolean;
  /** Begins with plain lines instead of a screen. */
  linear?: boolean;
  look: Look;
  size: Size;
};

/** Everything the screen is drawn from; `live` is false until the first snapshot. */
export type ConsoleState = { ui: Ui; scene: Scene; live: boolean };

export type ConsoleStore = StoreApi<ConsoleState>;

/** The store as it is before the agent has said a word. */
export function consoleStore(clock: Clock, options: ConsoleOptions): ConsoleStore {
  const cluster = emptyCluster({ kind: 'live', label: null, readOnly: false });
  return createStore<ConsoleState>(() => ({
    ui: freshUi(options),
    live: false,
    scene: {
      cluster,
      outages: outagesOf(cluster),
      tree: emptyTree,
      states: new Map(),
      timing: timingOf(cluster, clock.now()),
      attention: [],
      connection: { state: 'connecting', heard: clock.now(), problem: null },
      output: noOutput,
      runbook: new Map(),
      size: options.size,
      now: clock.now(),
      look: options.look,
      console: options.id,
    },
  }));
}
