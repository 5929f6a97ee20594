import { bounds } from '../model/bounds.ts';
import { durationSamples } from '../model/duration-samples.ts';
import { emptyCluster } from '../model/empty-cluster.ts';
import { fold } from '../model/fold.ts';
import { refreshSources } from '../model/refresh-sources.ts';
import type { Store } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { JournalEntry } from '../protocol/journal.ts';
import { eventOfEntry, readJournalLine } from '../protocol/journal-line.ts';
import type { DurationSample } from '../protocol/learned.ts';
import { isFinal } from '../protocol/run.ts';

export type Restored = { cluster: Cluster; entries: JournalEntry[]; torn: boolean; unreadable: number };

/** How many of the newest entries are handed on. */
const keep = 5000;

/**
 * What the journal of earlier lives tells: the plan as last known with what was seen of its leaves, so that the first
 * reading gives the differences since and no transition is told twice; what was last reported of every node and its
 * probes; runs that are over. Live runs are adopted from their own directories, everything else is read anew.
 */
export async function restore(store: Store, initial: Cluster): Promise<Restored> {
  const entries: JournalEntry[] = [];
  const memory: Memory = { plan: [], cockpit: [], earlier: [], nodes: [], runs: new Map() };
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

/**
 * Entries that still matter: of the last operation, of the newest nodes' deaths, the last word on each newest run; and
 * what leaves of the operations before took.
 */
type Memory = {
  plan: JournalEntry[];
  cockpit: JournalEntry[];
  earlier: DurationSample[];
  nodes: JournalEntry[];
  runs: Map<unknown, JournalEntry>;
};

function remember(memory: Memory, entry: JournalEntry): void {
  const keepers: Record<string, () => void> = {
    'plan.read': () => beginPlan(memory, entry),
    'phase.changed': () => memory.plan.push(entry),
    'phase.touched': () => memory.plan.push(entry),
    'phase.observed': () => memory.plan.push(entry),
    'copy.reconciled': () => memory.plan.push(entry),
    'node.changed': () => pushBounded(memory.nodes, entry, bounds.history),
    'probe.changed': () => pushBounded(memory.nodes, entry, bounds.history),
    'health.began': () => pushBounded(memory.nodes, entry, bounds.history),
    'run.changed': () => rememberRun(memory.runs, entry),
    'note.written': () => memory.cockpit.push(entry),
    'breakpoint.set': () => memory.cockpit.push(entry),
    'breakpoint.cleared': () => memory.cockpit.push(entry),
    'autopilot.changed': () => memory.cockpit.push(entry),
    'baseline.taken': () => memory.cockpit.push(entry),
  };
  keepers[entry.kind]?.();
}

/**
 * The same operation's plan read again keeps what is known of it; of another one only what its leaves took is kept, as
 * the fold has it, which the runs tell whose doing each was.
 */
function beginPlan(memory: Memory, entry: JournalEntry): void {
  const operation = operationOf(entry);
  if (operation !== null && operation === operationOf(memory.plan[0])) {
    memory.plan.push(entry);
    return;
  }
  const before = foldAll(
    [...memory.runs.values(), ...memory.plan],
    emptyCluster({ kind: 'live', label: null, readOnly: true }),
  );
  memory.earlier = [...memory.earlier, ...durationSamples(before)].slice(-bounds.samples);
  memory.plan = [entry];
  memory.cockpit = [];
}

function operationOf(entry: JournalEntry | undefined): string | null {
  const event = entry === undefined ? null : eventOfEntry(entry);
  return event?.kind === 'plan.read' ? (event.plan?.operation.id ?? null) : null;
}

function rememberRun(runs: Memory['runs'], entry: JournalEntry): void {
  const { run } = entry;
  const id = typeof run === 'object' && run !== null && 'id' in run ? run.id : null;
  runs.set(id, entry);
  const [oldest] = runs.keys();
  if (runs.size > bounds.runs) runs.delete(oldest);
}

/** Runs first: whether a change of a leaf was an attempt or a rollback, the run tells whose doing it was. */
function recall({ plan, cockpit, earlier, nodes, runs }: Memory, initial: Cluster): Cluster {
  const cluster = foldAll([...runs.values(), ...plan, ...cockpit, ...nodes], { ...initial, earlier });
  const last = plan.at(-1)?.seen;
  return last === undefined || cluster.plan === null ? cluster : refreshSources(cluster, { plan: last });
}

function foldAll(entries: readonly JournalEntry[], initial: Cluster): Cluster {
  const events = entries.flatMap((entry) => eventOfEntry(entry) ?? []);
  return events.filter(isWorthKeeping).reduce(fold, initial);
}

function isWorthKeeping(event: Event): boolean {
  return event.kind !== 'run.changed' || isFinal(event.run.state);
}

/** Lets a list grow to twice what is kept before it is cut, so that cutting is rare. */
function pushBounded(list: JournalEntry[], entry: JournalEntry, most: number): void {
  list.push(entry);
  if (list.length > 2 * most) list.splice(0, most);
}
