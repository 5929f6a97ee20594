import * as v from 'valibot';
import { type Event, EventSchema } from './event.ts';
import { type JournalEntry, JournalEntrySchema } from './journal.ts';

/** A line of the journal, null when it is none: another program's, or torn. */
export function readJournalLine(line: string): JournalEntry | null {
  const entry = v.safeParse(JournalEntrySchema, parsed(line));
  return entry.success ? entry.output : null;
}

/** The event an entry was written for; null for entries that are no event (a gap) or come from a newer version. */
export function eventOfEntry(entry: JournalEntry): Event | null {
  const event = v.safeParse(EventSchema, entry);
  return event.success ? event.output : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
