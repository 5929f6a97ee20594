import { fold } from '../model/fold.ts';
import { isJournalled } from '../model/is-journalled.ts';
import { refreshSources } from '../model/refresh-sources.ts';
import type { Cancel, Clock, Log, Store } from '../ports.ts';
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
  /** What the journal may take on disk, about; without it, its share of the state directory. */
  journalBytes?: number;
};

/** The agent's memory, going on where the journal of its last life ends; torn or foreign lines are told in the journal. */
export async function createLedger(parts: LedgerParts): Promise<Ledger> {
  const { clock, epoch, store, initial, log = null } = parts;
  const past = await restore(store, initial);
  const journal = goOn({ ...parts, log }, past);
  const now = () => new Date(clock.now()).toISOString();

  let cluster = past.cluster;
  let seq = 0;
  const ring = createEventRing();
  const listeners = createListeners(log);

  const recordOne = (event: Event) => {
    const before = cluster;
    cluster = fold(before, event);
    seq += 1;
    if (isJournalled(before, event)) enter(journal, event);
    const numbered = { seq, event };
    ring.push(numbered);
    listeners.tell(numbered);
  };
  return {
    state: () => cluster,
    position: () => ({ epoch, seq }),
    snapshot: () => ({ schema: 1, epoch, seq, at: now(), state: cluster }),
    record: (...events) => events.forEach(recordOne),
    refresh(source, at) {
      cluster = refreshSources(cluster, { [source]: at });
    },
    subscribe: listeners.add,
    since: (position) => (position.epoch === epoch ? ring.after(position.seq) : null),
    journalPage: journal.page,
    journalLag: journal.lag,
    close: journal.close,
  };
}

function goOn(parts: LedgerParts & { log: Log | null }, past: Restored): Journal {
  const { clock, journalBytes } = parts;
  const bound = journalBytes === undefined ? {} : { mostBytes: journalBytes };
  const journal = createJournal({ ...parts, ...bound }, past.entries);
  const { torn, unreadable } = past;
  if (isNewDamage(past))
    journal.write('journal.damaged', { seen: new Date(clock.now()).toISOString(), torn, unreadable });
  return journal;
}

/** A torn line stays in the file for ever; it is told once. */
function isNewDamage({ torn, unreadable, entries }: Restored): boolean {
  const told = entries.findLast(({ kind }) => kind === 'journal.damaged');
  return (torn && told?.torn !== true) || unreadable > Number(told?.unreadable ?? 0);
}

type Taker = (numbered: NumberedEvent) => void;

/** What is recorded is recorded: a listener's fault is its own. */
function createListeners(log: Log | null): { tell: Taker; add(take: Taker): Cancel } {
  const takers = new Set<Taker>();
  return {
    tell(numbered) {
      for (const take of takers) {
        try {
          take(numbered);
        } catch (error) {
          log?.error('a listener of the ledger failed', { error: String(error) });
        }
      }
    },
    add(take) {
      takers.add(take);
      return () => takers.delete(take);
    },
  };
}

function enter(journal: Journal, event: Event): void {
  const { kind, ...fields } = event;
  journal.write(kind, fields);
}
