import { journalTwin } from '../model/twin-journal.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { JournalEntry } from '../protocol/journal.ts';
import type { StreamMessage } from '../protocol/stream.ts';
import { agentFlag, viaFlag } from './agent-address.ts';
import type { Context } from './context.ts';
import { followAgent } from './follow-agent.ts';
import { journalText } from './journal-text.ts';
import { kindWord } from './kind-word.ts';
import { document, type OutputFormat, outputFlag, outputFormat } from './output-format.ts';
import { answered, type Reached, reachAgent } from './reach-agent.ts';
import { CommandError, type CommandRow } from './row.ts';
import { untilStopped } from './until-stopped.ts';

/** `gravity-console journal`: the agent's record of what it saw and did, oldest first. */
export const journalCommand: CommandRow = {
  name: 'journal',
  operands: '',
  describe: 'the record: every change seen, every run, who did it',
  flags: {
    output: outputFlag,
    since: {
      type: 'string',
      describe: 'only after entry number N, or from an instant on',
      placeholder: 'N|INSTANT',
    },
    watch: { type: 'boolean', describe: 'go on with what comes, until Ctrl-C', default: false },
    agent: agentFlag,
    via: viaFlag,
  },
  run: async (context, { flags }) => {
    const since = readSince(flags['since']);
    const format = outputFormat(flags);
    const reached = await reachAgent(context, flags);
    const { entries, next } = await entriesAfter(reached, since.number);
    const kept = entries.filter((entry) => isFrom(entry, since.instant));
    if (flags['watch'] === true) return watch(context, flags, { reached, next, format, first: kept });
    const text = [kindWord(reached.snapshot.state), ...journalText(kept)].map((line) => `${line}\n`).join('');
    context.streams.out(format === 'text' ? text : await document(journalTwin(kept), format));
    return exitCodes.fine.code;
  },
};

type Since = { number: number; instant: number | null };

function readSince(value: unknown): Since {
  if (value === undefined) return { number: 0, instant: null };
  const text = String(value);
  if (/^\d{1,15}$/.test(text)) return { number: Number(text), instant: null };
  const instant = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return { number: 0, instant };
  throw new CommandError(
    exitCodes.usage.code,
    `--since ${JSON.stringify(cleanLine(text))} is neither an entry's number nor an instant`,
    'write 120, or 2026-11-23T04:00:00Z',
  );
}

function isFrom(entry: JournalEntry, instant: number | null): boolean {
  return instant === null || Date.parse(entry.seen) >= instant;
}

/** All entries after a number, page by page. */
async function entriesAfter(
  { client }: Reached,
  since: number,
): Promise<{ entries: JournalEntry[]; next: number }> {
  const entries: JournalEntry[] = [];
  let next = since;
  for (;;) {
    const page = answered(await client.journal(next));
    entries.push(...page.entries);
    next = page.next;
    if (!page.more || page.entries.length === 0) return { entries, next };
  }
}

type Watched = { reached: Reached; next: number; format: OutputFormat; first: JournalEntry[] };

/**
 * Every message of the stream is a reason to ask for new entries; askings never overlap. One that fails, as when the agent
 * restarts meanwhile, is made up for by the next: the agent keeps its record, and its numbers, across restarts.
 */
async function watch(
  context: Context,
  flags: Record<string, unknown>,
  { reached, next: from, format, first }: Watched,
): Promise<number> {
  let next = from;
  await printEntries(context, first, format);
  let work = Promise.resolve();
  const ask = async (agent: Reached) => {
    const { entries, next: reachedTo } = await entriesAfter(agent, next);
    next = reachedTo;
    await printEntries(context, entries, format);
  };
  const hear = (_: StreamMessage, agent: Reached) => {
    work = work
      .then(() => ask(agent))
      .catch((error: unknown) =>
        context.streams.err(
          `the journal could not be read: ${error instanceof Error ? error.message : ''}\n`,
        ),
      );
  };
  return untilStopped(context, () => followAgent(context, flags, { reached, hear }));
}

/** A line of JSON each, so that a reader can follow. */
async function printEntries(
  context: Context,
  entries: readonly JournalEntry[],
  format: OutputFormat,
): Promise<void> {
  if (format === 'text') {
    for (const line of journalText(entries)) context.streams.out(`${line}\n`);
    return;
  }
  for (const entry of journalTwin(entries).entries) context.streams.out(await document(entry, format, true));
}
