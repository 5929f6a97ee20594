import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { Problem, Remark } from '../protocol/problem.ts';

/** One attempt to read a source and what it cost; `cpuMs` is an upper bound where it could not be measured. */
export type Attempt = { outcome: Outcome; durationMs: number; cpuMs: number };

/** The master that was asked instead, and why. */
export type Via = { node: string; because: Problem };

/**
 * What came of it: what is new in it against the state at that moment, or why there is nothing. `ageMs` is how old the data
 * was already when it came, where the answer tells; `via` the master that answered instead of the endpoint of this node.
 */
export type Outcome =
  | {
      ok: true;
      remarks: readonly Remark[];
      news: (cluster: Cluster, seen: string) => Event[];
      ageMs?: number;
      via?: Via | null;
    }
  | { ok: false; problem: Problem };

/** The answer of the last time, byte for byte: no need to look into it. */
export function nothingNew(): Event[] {
  return [];
}
