import { fold } from '../model/fold.ts';
import { isJournalled } from '../model/is-journalled.ts';
import { refreshSources } from '../model/refresh-sources.ts';
import type { Clock, Log, Store } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { Ledger, NumberedEvent } from './contracts.ts';
import { createEventRing } from './event-ring.ts';
import { createJournal, type Journal } from './journal.ts';
import { type Restored, restore } from './restore.ts';

export type LedgerParts = {
  clock: Clock;
  /** The name of this life of the agent. */
  epoch: string;
  store: Store;
  /** The state before the first event: `emptyCluster(…)`. What the journal remembers is folded into it. */
  initial: Cluster;
  log?: Log | null;
};

/** The agent's memory, going on where the journal of its last life ends; torn or foreign lines are told in the journal. */
export async function createLedger({
  clock,
  epoch,
  store,
  initial,
  log = null,
}: LedgerParts): Promise<Ledger> {
  const past = await restore(store, initial);
  const journal = createJournal({ clock, epoch, store, log }, past.entries);
  const now = () => new Date(clock.now()).toISOString();
  if (isNewDamage(past)) {
    const { torn, unreadable } = past;
    journal.write('journal.damaged', { seen: now(), torn, unreadable });
  }

  let cluster = past.cluster;
  let seq = 0;
  const ring = createEventRing();
  const takers = new Set<(numbered: NumberedEvent) => void>();

  const recordOne = (event: Event) => {
    const before = cluster;
    cluster = fold(before, event);
    seq += 1;
    if (isJournalled(before, event)) enter(journal, event);
    const numbered = { seq, event };
    ring.push(numbered);
    for (const take of takers) {
      try {
        take(numbered);
      } catch (error) {
        // What is recorded is recorded: a listener's fault is its own.
        log?.error('a listener of the ledger failed', { error: String(error) });
      }
    }
  };
  return {
    state: () => cluster,
    position: () => ({ epoch, seq }),
    snapshot: () => ({ schema: 1, epoch, seq, at: now(), state: cluster }),
    record: (...events) => events.forEach(recordOne),
    refresh(source, at) {
      cluster = refreshSources(cluster, { [source]: at });
    },
    subscribe(take) {
      takers.add(take);
      return () => takers.delete(take);
    },
    since: (position) => (position.epoch === epoch ? ring.after(position.seq) : null),
    journalPage: journal.page,
    journalLag: journal.lag,
    close: journal.close,
  };
}

/** A torn line stays in the file for ever; it is told once. */
function isNewDamage({ torn, unreadable, entries }: Restored): boolean {
  const told = entries.findLast(({ kind }) => kind === 'journal.damaged');
  return (torn && told?.torn !== true) || unreadable > Number(told?.unreadable ?? 0);
}

function enter(journal: Journal, event: Event): void {
  const { kind, ...fields } = event;
  journal.write(kind, fields);
}
