import type { Attention } from '../model/attention.ts';
import type { Timing } from '../model/estimate/timing.ts';
import type { Outages } from '../model/outage/outages.ts';
import type { Runbook } from '../model/runbook/page.ts';
import type { ShownState } from '../model/shown-states.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { PlanTree } from './plan-tree.ts';

/** How the console hears the agent. `heard` is the last word of any kind, on the console's clock. */
export type Connection = {
  state: 'connecting' | 'connected' | 'lost';
  heard: number;
  /** Why it is not connected, as a sentence. */
  problem: string | null;
};

/** The output of the run shown: whole lines, the oldest dropped past a bound and counted. */
export type Output = {
  run: string | null;
  lines: readonly string[];
  skipped: number;
  problem: string | null;
};

/**
 * `dumb`: the terminal cannot move its cursor, so nothing can be drawn on it, only written. `titled`: its window has a
 * title, true where nothing is said; older Linux consoles print one in the middle of the screen.
 */
export type Look = { ascii: boolean; colour: boolean; dumb?: boolean; titled?: boolean };

/**
 * Everything a view may show besides the Ui. `now` is epoch ms by the agent's clock, `console` this console's id.
 */
export type Scene = {
  cluster: Cluster;
  /** Which failures of that cluster its plan explains. */
  outages: Outages;
  tree: PlanTree;
  /** The shown state of every phase by id, as of `now`. */
  states: ReadonlyMap<string, ShownState>;
  /** What can be said about time, as of `now`. */
  timing: Timing;
  /** What calls for an operator, as of `now`, the most urgent first. */
  attention: readonly Attention[];
  connection: Connection;
  output: Output;
  /** The pages this console came with; none until they are read. */
  runbook: Runbook;
  size: { columns: number; rows: number };
  now: number;
  look: Look;
  console: string;
};
