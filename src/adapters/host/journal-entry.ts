import { clean } from '../../protocol/clean.ts';
import { foreign, foreignText } from '../../protocol/foreign.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { type LogLine, readLogLine } from './log-line.ts';

/**
 * One line of `journalctl --output=json`: which unit wrote it, and its message read as a line of gravity's log. The time is
 * the journal's own (microseconds in `__REALTIME_TIMESTAMP`). A message that is no text comes as a list of bytes. Null for
 * what is no entry.
 */
export function readJournalEntry(line: string): (LogLine & { unit: string | null }) | null {
  const document = jsonDocument(clean(line), 'the entry');
  const entry = document.ok ? foreign(document.value) : null;
  if (entry === null) return null;
  const message = entry['MESSAGE'];
  const text = Array.isArray(message)
    ? new TextDecoder().decode(Uint8Array.from(message.map(Number)))
    : (foreignText(message) ?? '');
  const micros = Number(entry['__REALTIME_TIMESTAMP']);
  const at = Number.isFinite(micros) && micros > 0 ? new Date(micros / 1000).toISOString() : null;
  const read = readLogLine(text);
  return { ...read, at: at ?? read.at, unit: foreignText(entry['_SYSTEMD_UNIT']) };
}
