import type { Store } from '../ports.ts';
import type { JournalEntry, JournalPage } from '../protocol/journal.ts';
import { readJournalLine } from '../protocol/journal-line.ts';
import { createJournalQueue, type JournalQueueParts } from './journal-queue.ts';

/** Entries kept at hand, and so also those that may wait for a disk that fails; past this they are only counted. */
const limit = 5000;
/** A disk that works may be behind by more: a plan of ten thousand leaves may change in one reading. */
const burst = 100_000;

export type Journal = {
  write(kind: string, fields: { at?: string | null; seen: string } & Record<string, unknown>): void;
  page(since: number, limit: number): Promise<JournalPage>;
  /** Entries not on disk, those that will never be included. */
  lag(): number;
  close(): Promise<void>;
};

export type JournalParts = JournalQueueParts & { epoch: string };

/**
 * The record on disk. Entries are written in order; while the disk fails they wait and are tried again. Only past
 * 5,000 waiting entries are newer ones given up, and the first entry that goes through after them says how many.
 * `past` is what `readAll` found at the start, oldest first. When the record takes too much room its oldest entries
 * are dropped, and an entry `journal.dropped` says up to which.
 */
export function createJournal(parts: JournalParts, past: readonly JournalEntry[]): Journal {
  const { clock, epoch, store } = parts;
  let n = past.at(-1)?.n ?? 0;
  let lost = 0;
  const recent = past.slice(-limit);
  const queue = createJournalQueue(parts, (lastDropped) => {
    const upTo = numberOf(lastDropped);
    if (upTo !== null) accept('journal.dropped', { ...{ upTo }, seen: new Date(clock.now()).toISOString() });
  });

  const accept = (kind: string, fields: { at?: string | null; seen: string }) => {
    n += 1;
    const tick = Math.round(clock.monotonic());
    const entry: JournalEntry = { n, epoch, kind, ...fields, at: fields.at ?? fields.seen, tick };
    recent.push(entry);
    if (recent.length > limit) recent.shift();
    queue.push(JSON.stringify(entry));
  };
  return {
    write(kind, fields) {
      if (queue.waiting() >= (queue.failing() ? limit : burst)) {
        lost += 1;
        return;
      }
      if (lost > 0) accept('journal.gap', { ...{ lost }, seen: fields.seen });
      lost = 0;
      accept(kind, fields);
    },
    async page(since, most) {
      const first = recent[0]?.n ?? n + 1;
      if (since >= first - 1) return pageOf(recent.slice(Math.max(0, since - first + 1)), since, most);
      return pageOf(await readAfter(store, since, most + 1), since, most);
    },
    lag: () => queue.waiting() + lost,
    close: queue.close,
  };
}

async function readAfter(store: Store, since: number, limit: number): Promise<JournalEntry[]> {
  const found: JournalEntry[] = [];
  await store.readAll((line) => {
    // The number stands first in every line, so that lines not asked for need not be parsed.
    if (found.length >= limit || (numberOf(line) ?? since) <= since) return;
    const entry = readJournalLine(line);
    if (entry !== null) found.push(entry);
  });
  return found;
}

function numberOf(line: string): number | null {
  const digits = /^\{"n":(\d+)/.exec(line)?.[1];
  return digits === undefined ? null : Number(digits);
}

function pageOf(found: readonly JournalEntry[], since: number, limit: number): JournalPage {
  const entries = found.slice(0, limit);
  return { schema: 1, entries, next: entries.at(-1)?.n ?? since, more: found.length > entries.length };
}
