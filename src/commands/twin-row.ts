import type { TwinVerdict } from '../model/twin-verdict.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { TwinName } from '../protocol/twins.ts';
import type { Context } from './context.ts';
import type { Flag } from './row.ts';

/**
 * What a twin shows: the contract's JSON, and what is wrong with it. `remarks` are sentences for standard error,
 * `heading` the first lines of a text: which kind of agent told it, and what only an agent can tell; `live` is what a live twin
 * was made from.
 */
export type Shown<T> = {
  twin: T;
  verdict: TwinVerdict;
  remarks: string[];
  heading?: readonly string[];
  live?: Live;
};

/** What a live twin is made from: a snapshot, `now` being its instant by the agent's clock (epoch ms). */
export type Live = { cluster: Cluster; now: number; flags: Record<string, unknown> };

/** What a saved twin is made from. `path` is as given, for sentences. */
export type Saved = { context: Context; path: string; bytes: Uint8Array; flags: Record<string, unknown> };

/**
 * One scriptable twin of a screen (design 7). `text` are the lines a person reads; a column more or less is no break of
 * contract there, the JSON is. Without `saved` the command takes no `--file`.
 */
export type TwinRow<T> = {
  name: TwinName;
  describe: string;
  flags?: Record<string, Flag>;
  live(live: Live): Shown<T>;
  saved?(saved: Saved): Promise<Shown<T>>;
  text(twin: T, live?: Live): string[];
  /** A line above a text of what is live, null for none. */
  standing?(live: Live): string | null;
  /** What of the twin is news for `--watch`, where not all of it is: a newer reading that says the same is none. */
  news?(twin: T): unknown;
};
