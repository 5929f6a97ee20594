/** One thing that goes wrong with a kind of phase: what is seen, what it means, what to do. */
export type TypicalFailure = { see: string; means: string; todo: string };

/**
 * One page of the runbook, as read from `assets/runbook/`. Its texts hold words in braces for what only the phase or
 * the row of its kind knows: see `fill`.
 */
export type RunbookPage = {
  title: string;
  does: string;
  time: string;
  failures: readonly TypicalFailure[];
  checks: string;
  recovery: { again: string; rollback: string; force: string; hand: string };
  never: readonly string[];
};

/** All pages by name, which is their file's without `.md`. */
export type Runbook = ReadonlyMap<string, RunbookPage>;
