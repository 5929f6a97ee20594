import { fold } from '../model/fold.ts';
import { refreshSources } from '../model/refresh-sources.ts';
import type { Store } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { JournalEntry } from '../protocol/journal.ts';
import { eventOfEntry, readJournalLine } from '../protocol/journal-line.ts';
import { isFinal } from '../protocol/run.ts';

export type Restored = { cluster: Cluster; entries: JournalEntry[]; torn: boolean; unreadable: number };

/** How many of the newest entries are handed on. */
const keep = 2000;

/**
 * What the journal of earlier lives tells: the plan as last known with what was seen of its leaves, so that the first
 * reading gives the differences since and no transition is told twice; deaths of nodes; runs that are over. Live
 * runs are adopted from their own directories, everything else is read anew.
 */
export async function restore(store: Store, initial: Cluster): Promise<Restored> {
  const restored: Restored = { cluster: initial, entries: [], torn: false, unreadable: 0 };
  const { torn } = await store.readAll((line) => {
    const entry = readJournalLine(line);
    if (entry === null) {
      restored.unreadable += 1;
      return;
    }
    restored.entries.push(entry);
    if (restored.entries.length > 2 * keep) restored.entries.splice(0, keep);
    restored.cluster = remembered(restored.cluster, entry);
  });
  return { ...restored, torn };
}

function remembered(cluster: Cluster, entry: JournalEntry): Cluster {
  if (!kinds.has(entry.kind)) return cluster;
  const event = eventOfEntry(entry);
  if (event === null || !isWorthKeeping(event)) return cluster;
  const folded = fold(cluster, event);
  return aboutPlan.has(event.kind) ? refreshSources(folded, { plan: event.seen }) : folded;
}

const aboutPlan: ReadonlySet<string> = new Set(['plan.read', 'phase.changed', 'phase.touched']);
const kinds: ReadonlySet<string> = new Set([...aboutPlan, 'node.changed', 'run.changed']);

function isWorthKeeping(event: Event): boolean {
  return event.kind !== 'run.changed' || isFinal(event.run.state);
}
