import { cleanLine } from '../protocol/clean.ts';
import { type Foreign, foreign, foreignList, foreignText } from '../protocol/foreign.ts';
import type { JournalEntry } from '../protocol/journal.ts';
import { shortInstant } from './output-instant.ts';

/** Entries as lines: when, what, and what matters of it. */
export function journalText(entries: readonly JournalEntry[]): string[] {
  const kinds = Math.max(0, ...entries.map(({ kind }) => kind.length));
  return entries.map((entry) =>
    cleanLine(`${shortInstant(entry.at)}  ${entry.kind.padEnd(kinds)}  ${summary(entry)}`),
  );
}

/** What an entry of a kind tells in one line; a kind without a row tells its plain fields. */
const tellers: Readonly<Record<string, (entry: Foreign) => string>> = {
  'phase.changed': (entry) =>
    `${text(entry, 'phase')} ${change(entry)}${because(entry, 'error')}${doer(entry)}`,
  'phase.touched': (entry) =>
    `${text(entry, 'phase')} ${text(entry, 'state')} again${because(entry, 'error')}${doer(entry)}`,
  'cluster.changed': (entry) => `${change(entry)}${because(entry, 'reason')}`,
  'operation.changed': (entry) => `${text(entry, 'type')} ${text(entry, 'operation')} ${change(entry)}`,
  'node.changed': (entry) => `${text(entry, 'node')} ${change(entry)}${away(entry)}`,
  'probe.changed': (entry) =>
    `${text(entry, 'node')} ${text(entry, 'checker')} ${change(entry)}${probeWords(entry)}${away(entry)}`,
  'health.began': (entry) =>
    `${Object.keys(foreign(entry['nodes']) ?? {}).length} nodes in the first reading of health`,
  'plan.read': (entry) => planSummary(foreign(entry['plan'])),
  'run.changed': (entry) => runSummary(foreign(entry['run']) ?? {}),
  'source.changed': (entry) => sourceSummary(foreign(entry['source']) ?? {}),
  'baseline.taken': (entry) => baselineSummary(foreign(entry['baseline']) ?? {}),
  'note.written': (entry) => noteSummary(foreign(entry['note']) ?? {}),
  'wheel.taken': (entry) => `${text(foreign(foreign(entry['wheel'])?.['holder']) ?? {}, 'user')} drives`,
  'binaries.found': (entry) =>
    foreignList(entry['binaries'])
      .map((each) => text(foreign(each) ?? {}, 'path'))
      .join(', '),
  'place.found': (entry) => text(foreign(entry['place']) ?? {}, 'node'),
};

function summary(entry: JournalEntry): string {
  const teller = Object.hasOwn(tellers, entry.kind) ? tellers[entry.kind] : undefined;
  return teller === undefined ? plainFields(entry) : teller(entry);
}

function plainFields({ n, epoch, kind, at, seen, tick, ...carried }: JournalEntry): string {
  const plain = Object.entries(carried).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return plain.map(([name, value]) => `${name}=${String(value)}`).join(' ');
}

function planSummary(plan: Foreign | null): string {
  if (plan === null) return 'no plan';
  const operation = foreign(plan['operation']) ?? {};
  return `${text(operation, 'type')} ${text(operation, 'id')}, ${foreignList(plan['phases']).length} phases`;
}

function runSummary(run: Foreign): string {
  const by = text(foreign(run['by']) ?? {}, 'user');
  const args = Object.values(foreign(run['args']) ?? {})
    .map(String)
    .join(' ');
  return `${text(run, 'action')} ${args} ${text(run, 'state')}, by ${by}, run ${text(run, 'id')}${because(run, 'sentence')}`.replace(
    / {2,}/g,
    ' ',
  );
}

function sourceSummary(source: Foreign): string {
  const via = foreignText(source['via']);
  return `${text(source, 'source')} ${text(source, 'state')}${via === null ? '' : ` from ${via}`}${because(foreign(source['problem']) ?? {}, 'sentence')}`;
}

function baselineSummary(baseline: Foreign): string {
  const when = baseline['begun'] === true ? 'the operation had begun already' : 'before its first phase';
  return `${foreignList(baseline['nodes']).length} nodes as they were, ${when}`;
}

function noteSummary(note: Foreign): string {
  const by = text(foreign(note['by']) ?? {}, 'user');
  return `${text(note, 'phase')}: ${text(note, 'text')}, by ${by}`;
}

/** Whose doing it was; nothing where nobody was watching. */
function doer(entry: Foreign): string {
  if (entry['by'] === null) return ', not from here: by another shell or gravity itself';
  const run = foreignText(entry['by']);
  return run === null ? '' : `, by run ${run}`;
}

function change(entry: Foreign): string {
  return `${foreignText(entry['from']) ?? 'unknown'} -> ${text(entry, 'to')}`;
}

/** A failure with its severity; of a recovery the words of the failure, said to be those. */
function probeWords(entry: Foreign): string {
  if (entry['to'] !== 'failed') return because({ text: `was ${text(entry, 'text')}` }, 'text');
  const severity = foreignText(entry['severity']);
  return `${severity === null ? '' : ` (${severity})`}${because(entry, 'text')}`;
}

function away(entry: Foreign): string {
  return entry['away'] === true ? ', while the agent was away' : '';
}

function because(entry: Foreign, name: string): string {
  const told = foreignText(entry[name]);
  return told === null ? '' : `: ${told}`;
}

function text(entry: Foreign, name: string): string {
  return foreignText(entry[name]) ?? '?';
}
