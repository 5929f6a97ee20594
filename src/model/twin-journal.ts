import type { JournalEntry } from '../protocol/journal.ts';
import type { JournalTwin } from '../protocol/twins.ts';

/**
 * Entries as `journal -o json` says them: `at` and `kind` first, then what the kind carries, then when it was seen
 * and its number `n`, the one `--since` goes on from.
 */
export function journalTwin(entries: readonly JournalEntry[]): JournalTwin {
  return { schema: 1, entries: entries.map(entryTwin) };
}

function entryTwin(entry: JournalEntry): JournalTwin['entries'][number] {
  const { n, epoch, kind, at, seen, tick, ...carried } = entry;
  return { at, kind, ...carried, seen, n, epoch, tick };
}
