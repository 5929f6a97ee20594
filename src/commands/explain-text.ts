import { wrap } from '../console/cells.ts';
import type { BookLine, BookPart } from '../model/runbook/book-parts.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { ExplainTwin } from '../protocol/twins.ts';
import type { Why } from '../protocol/why.ts';
import { shortInstant } from './output-instant.ts';

/** The runbook of a phase as lines of at most `columns`; commands stay whole, so that they can be copied. */
export function explainText(twin: ExplainTwin, parts: readonly BookPart[], columns: number): string[] {
  const width = Math.max(40, Math.min(columns, 100));
  const head = [`${twin.title} (${twin.kind})`, ...phaseLines(twin, width)];
  const why =
    twin.why === null ? [] : section(width, { heading: twin.why.question, lines: whyLines(twin.why) });
  return [
    ...head,
    ...why,
    ...parts.flatMap((part) => section(width, part)),
    ...section(width, { heading: 'How it is rolled back', lines: rollbackLines(twin) }),
  ];
}

function section(width: number, { heading, lines }: BookPart): string[] {
  const first = lines.findIndex(({ name }) => name !== '');
  const before = first < 0 ? lines : lines.slice(0, first);
  const after = first < 0 ? [] : lines.slice(first);
  return [
    '',
    cleanLine(heading),
    ...before.flatMap((line) => named(line, width, '  ')),
    ...after.flatMap((line) => named(line, width)),
  ];
}

const margin = ' '.repeat(12);

/** A line with its name before it; without one it goes on below what came before. */
function named({ name, text, command }: BookLine, width: number, inset = margin): string[] {
  const shown = command === true ? [cleanLine(text)] : wrap(cleanLine(text), width - inset.length);
  return shown.map((line, at) =>
    (at === 0 && name !== '' ? `  ${name}`.padEnd(inset.length) : inset).concat(line).trimEnd(),
  );
}

function phaseLines({ phase }: ExplainTwin, width: number): string[] {
  if (phase === null) return [];
  const place = phase.node === null ? [] : [{ name: 'about', text: phase.node }];
  const lines: BookLine[] = [
    { name: 'phase', text: phase.id },
    { name: 'state', text: `${phase.state.replace('_', ' ')}${since(phase.updated)}` },
    ...(phase.error === null ? [] : [{ name: 'error', text: phase.error }]),
    ...place,
    ...(phase.runsOn === null ? [] : [{ name: 'runs on', text: phase.runsOn }]),
    ...phase.requires.map(({ phase: id, state }) => ({
      name: 'requires',
      text: `${id}, which is ${state?.replace('_', ' ') ?? 'unknown'}`,
    })),
  ];
  return lines.flatMap((line) => named(line, width));
}

function since(updated: string | null): string {
  const at = shortInstant(updated);
  return at === null ? '' : ` since ${at}`;
}

function whyLines({ causes, next, after }: Why): BookLine[] {
  return [
    ...causes.map(({ text, source, at }) => ({
      name: '',
      text: `${text} (${source}${at === null ? '' : `, ${shortInstant(at)}`})`,
    })),
    { name: 'next', text: next.text },
    ...next.commands.map((text): BookLine => ({ name: '', text, command: true })),
    ...(after === null ? [] : [{ name: 'then', text: after }]),
  ];
}

function rollbackLines({ rollback, irreversible }: ExplainTwin): BookLine[] {
  const { does, command, refusal } = rollback;
  return [
    { name: '', text: does ?? 'Nothing is undone by it.' },
    ...(command === null ? [] : [{ name: '', text: command, command: true as const }]),
    ...(refusal === null ? [] : [{ name: 'now', text: `refused: ${refusal}` }]),
    ...(irreversible === null ? [] : [{ name: 'for good', text: irreversible }]),
  ];
}
