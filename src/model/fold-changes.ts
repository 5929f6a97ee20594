import type { Change } from '../protocol/change.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Event, EventKind } from '../protocol/event.ts';
import type { Identity } from '../protocol/identity.ts';
import { bounds } from './bounds.ts';

type Of<K extends EventKind> = Extract<Event, { kind: K }>;

/** The cluster with one more change of its own record, which is bounded; the same state of a leaf is recorded once. */
export function foldChange(cluster: Cluster, change: Change | null): Cluster {
  if (change === null) return cluster;
  const last = cluster.changes.findLast(({ kind, what }) => kind === change.kind && what === change.what);
  if (last?.to === change.to && last.text === change.text) return cluster;
  return { ...cluster, changes: [...cluster.changes, change].slice(-bounds.changes) };
}

export function phaseChange({ seen, at, phase, to, error }: Of<'phase.changed'>): Change {
  return { at: at ?? seen, kind: 'phase', what: phase, to, text: error };
}

/** A leaf that failed on its node is known to have, though the plan does not say so. */
export function observedChange({ phase, observed }: Of<'phase.observed'>): Change | null {
  if (observed === null) return null;
  return { at: observed.since, kind: 'phase', what: phase, to: observed.state, text: observed.error };
}

export function controlTaken({ seen, wheel }: Of<'wheel.taken'>): Change | null {
  const { holder, reason } = wheel;
  return holder === null
    ? null
    : { at: seen, kind: 'control', what: personOf(holder), to: 'taken', text: reason };
}

export function controlReleased({ seen, by, lost }: Of<'wheel.released'>): Change | null {
  const to = lost ? 'lost' : 'released';
  return by === null ? null : { at: seen, kind: 'control', what: personOf(by), to, text: null };
}

function personOf({ user, from }: Identity): string {
  return from === null ? user : `${user}@${from}`;
}
