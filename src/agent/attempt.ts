import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { Problem, Remark } from '../protocol/problem.ts';

/** One attempt to read a source and what it cost; `cpuMs` is an upper bound where it could not be measured. */
export type Attempt = { outcome: Outcome; durationMs: number; cpuMs: number };

/**
 * What came of it: what is new in it against the state at that moment, or why there is nothing. `ageMs` is how old the data
 * was already when it came, where the answer tells.
 */
export type Outcome =
  | {
      ok: true;
      remarks: readonly Remark[];
      news: (cluster: Cluster, seen: string) => Event[];
      ageMs?: number;
    }
  | { ok: false; problem: Problem };

/** The answer of the last time, byte for byte: no need to look into it. */
export function nothingNew(): Event[] {
  return [];
}
