import { bounds } from '../model/bounds.ts';
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
const keep = 5000;

/**
 * What the journal of earlier lives tells: the plan as last known with what was seen of its leaves, so that the first
 * reading gives the differences since and no transition is told twice; deaths of nodes; runs that are over. Live
 * runs are adopted from their own directories, everything else is read anew.
 */
export async function restore(store: Store, initial: Cluster): Promise<Restored> {
  const entries: JournalEntry[] = [];
  const memory: Memory = { plan: [], nodes: [], runs: new Map() };
  let unreadable = 0;
  const { torn } = await store.readAll((line) => {
    const entry = readJournalLine(line);
    if (entry === null) {
      unreadable += 1;
      return;
    }
    pushBounded(entries, entry, keep);
    remember(memory, entry);
  });
  return { cluster: recall(memory, initial), entries, torn, unreadable };
}

/** Entries that still matter: of the last operation, of the newest nodes' deaths, the last word on each newest run. */
type Memory = { plan: JournalEntry[]; nodes: JournalEntry[]; runs: Map<unknown, JournalEntry> };

function remember(memory: Memory, entry: JournalEntry): void {
  const keepers: Record<string, () => void> = {
    'plan.read': () => {
      memory.plan = [entry];
    },
    'phase.changed': () => memory.plan.push(entry),
    'phase.touched': () => memory.plan.push(entry),
    'node.changed': () => pushBounded(memory.nodes, entry, bounds.history),
    'run.changed': () => rememberRun(memory.runs, entry),
  };
  keepers[entry.kind]?.();
}

function rememberRun(runs: Memory['runs'], entry: JournalEntry): void {
  const { run } = entry;
  const id = typeof run === 'object' && run !== null && 'id' in run ? run.id : null;
  runs.set(id, entry);
  const [oldest] = runs.keys();
  if (runs.size > bounds.runs) runs.delete(oldest);
}

function recall({ plan, nodes, runs }: Memory, initial: Cluster): Cluster {
  const events = [...plan, ...nodes, ...runs.values()].flatMap((entry) => eventOfEntry(entry) ?? []);
  const cluster = events.filter(isWorthKeeping).reduce(fold, initial);
  const last = plan.at(-1)?.seen;
  return last === undefined || cluster.plan === null ? cluster : refreshSources(cluster, { plan: last });
}

function isWorthKeeping(event: Event): boolean {
  return event.kind !== 'run.changed' || isFinal(event.run.state);
}

/** Lets a list grow to twice what is kept before it is cut, so that cutting is rare. */
function pushBounded(list: JournalEntry[], entry: JournalEntry, most: number): void {
  list.push(entry);
  if (list.length > 2 * most) list.splice(0, most);
}
