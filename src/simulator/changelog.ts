import type { PhaseError, PhaseState } from './plan-document.ts';

/** One transition of one phase, as gravity stores it: `created` in milliseconds of the writing node's clock, `stamp` the same as text. */
export type Entry = {
  id: string;
  phaseId: string;
  state: PhaseState;
  created: number;
  stamp: string;
  error: PhaseError | null;
};

/** A store of entries: each node has one, the cluster has one. */
export type Changelog = Map<string, Entry>;

/** Copies what `to` lacks, by id (engine-observed 9); of that nothing newer than `until`, in milliseconds. */
export function copyMissing(from: Changelog, to: Changelog, until = Number.POSITIVE_INFINITY): void {
  for (const [id, entry] of from) if (!to.has(id) && entry.created <= until) to.set(id, entry);
}

/** Per phase the entry with the greatest `created`; of two equal ones the later written. */
export function newestByPhase(log: Changelog): Map<string, Entry> {
  const newest = new Map<string, Entry>();
  for (const entry of log.values()) {
    const known = newest.get(entry.phaseId);
    if (known === undefined || entry.created >= known.created) newest.set(entry.phaseId, entry);
  }
  return newest;
}
