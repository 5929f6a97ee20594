import type { Cluster } from '../protocol/cluster.ts';
import type { ExplainTwin } from '../protocol/twins.ts';
import type { Why } from '../protocol/why.ts';
import type { PhaseBook } from './runbook/phase-book.ts';

/** What the runbook alone does not know of a phase: how it would be rolled back, and why it is as it is. */
export type Around = {
  /** As it was asked for. */
  asked: string;
  cluster: Cluster;
  rollback: { command: string | null; refusal: string | null };
  why: Why | null;
  command(argv: readonly string[]): string;
};

/** The runbook of a phase or a kind as `explain -o json` says it. */
export function explainTwin(
  book: PhaseBook,
  { asked, cluster, rollback, why, command }: Around,
): ExplainTwin {
  const { page, row, time } = book;
  return {
    schema: 1,
    asked,
    kind: book.kind,
    title: page?.title ?? book.kind,
    phase: phaseTwin(book, cluster),
    does: page?.does ?? row.does,
    irreversible: row.irreversible,
    time: {
      p50Ms: time.p50,
      p90Ms: time.p90,
      limitMs: time.limit,
      from: time.from,
      seen: time.seen,
      text: page?.time ?? '',
    },
    failures: (page?.failures ?? []).map(({ see, means, todo }) => ({ see, means, do: todo })),
    look: page?.checks ?? '',
    checks: book.checks.map(({ argv, ...check }) => ({
      ...check,
      command: argv === null ? null : command(argv),
    })),
    recovery: page?.recovery ?? null,
    rollback: { does: row.undoes, ...rollback },
    never: [...(page?.never ?? [])],
    why,
  };
}

function phaseTwin({ phase }: PhaseBook, { plan }: Cluster): ExplainTwin['phase'] {
  if (phase === null) return null;
  const { id, state, description, node, runsOn, updated, error } = phase;
  const requires = phase.requires.map((required) => ({
    phase: required,
    state: plan?.phases.find((each) => each.id === required)?.state ?? null,
  }));
  return { id, state, description, node, runsOn, requires, updated, error };
}
