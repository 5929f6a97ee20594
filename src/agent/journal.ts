import type { Clock, Log, Store } from '../ports.ts';
import type { JournalEntry, JournalPage } from '../protocol/journal.ts';
import { readJournalLine } from '../protocol/journal-line.ts';

/** Entries waiting for a disk that fails; past this the newest are counted, and the count is written. */
const waitingLimit = 10_000;
const recentLimit = 2000;
const retryMs = { first: 1000, most: 30_000 };

export type Journal = {
  write(kind: string, fields: { at?: string | null; seen: string } & Record<string, unknown>): void;
  page(since: number, limit: number): Promise<JournalPage>;
  /** Entries not on disk, those that will never be included. */
  lag(): number;
  close(): Promise<void>;
};

export type JournalParts = { clock: Clock; epoch: string; store: Store; log: Log | null };

/**
 * The record on disk. Entries are written in order; while the disk fails they wait and are tried again. Only past
 * 10,000 waiting entries are newer ones given up, and the first entry that goes through after them says how many.
 * `past` is what `readAll` found at the start, oldest first.
 */
export function createJournal(parts: JournalParts, past: readonly JournalEntry[]): Journal {
  const { clock, epoch, store } = parts;
  let n = past.at(-1)?.n ?? 0;
  let lost = 0;
  const recent = past.slice(-recentLimit);
  const queue = createQueue(parts);

  const accept = (kind: string, fields: { at?: string | null; seen: string }) => {
    n += 1;
    const tick = Math.round(clock.monotonic());
    const entry: JournalEntry = { n, epoch, kind, ...fields, at: fields.at ?? fields.seen, tick };
    recent.push(entry);
    if (recent.length > recentLimit) recent.shift();
    queue.push(JSON.stringify(entry));
  };
  return {
    write(kind, fields) {
      if (queue.waiting() >= waitingLimit) {
        lost += 1;
        return;
      }
      if (lost > 0) accept('journal.gap', { seen: fields.seen, ...{ lost } });
      lost = 0;
      accept(kind, fields);
    },
    async page(since, limit) {
      const first = recent[0]?.n ?? n + 1;
      if (since >= first - 1) return pageOf(recent.slice(Math.max(0, since - first + 1)), since, limit);
      return pageOf(await readAfter(store, since, limit + 1), since, limit);
    },
    lag: () => queue.waiting() + lost,
    close: queue.close,
  };
}

/** Appends line after line; a failed one is tried again after a pause that doubles. */
function createQueue({ clock, store, log }: JournalParts) {
  const lines: string[] = [];
  let closing = false;
  let wake = () => {};
  let pumping: Promise<void> | null = null;
  const pause = (ms: number) =>
    new Promise<void>((done) => {
      const cancel = clock.after(ms, done);
      wake = () => {
        cancel();
        done();
      };
    });
  const pump = async () => {
    let wait = retryMs.first;
    for (let line = lines[0]; line !== undefined; line = lines[0]) {
      const failure = await failureOf(store.append(line));
      if (failure === null) {
        lines.shift();
        wait = retryMs.first;
        continue;
      }
      log?.error('the journal could not be written', { failure, waiting: lines.length });
      if (closing) return;
      await pause(wait);
      wait = Math.min(retryMs.most, wait * 2);
    }
  };
  return {
    push(line: string) {
      lines.push(line);
      pumping ??= pump().finally(() => {
        pumping = null;
      });
    },
    waiting: () => lines.length,
    async close() {
      closing = true;
      wake();
      await pumping;
      await store.close();
    },
  };
}

async function failureOf(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function readAfter(store: Store, since: number, limit: number): Promise<JournalEntry[]> {
  const found: JournalEntry[] = [];
  await store.readAll((line) => {
    // The number stands first in every line, so that lines not asked for need not be parsed.
    if (found.length >= limit || Number(/^\{"n":(\d+)/.exec(line)?.[1] ?? since) <= since) return;
    const entry = readJournalLine(line);
    if (entry !== null) found.push(entry);
  });
  return found;
}

function pageOf(found: readonly JournalEntry[], since: number, limit: number): JournalPage {
  const entries = found.slice(0, limit);
  return { schema: 1, entries, next: entries.at(-1)?.n ?? since, more: found.length > entries.length };
}
