import type { Run } from '../protocol/run.ts';
import type { RunsTwin } from '../protocol/twins.ts';

/** Runs as `runs -o json` says them, in the order given. */
export function runsTwin(runs: readonly Run[]): RunsTwin {
  return { schema: 1, runs: runs.map(runTwin) };
}

function runTwin(run: Run): RunsTwin['runs'][number] {
  const { id, action, label, args, state, steps, step, reason, operationId } = run;
  const { queuedAt, startedAt, finishedAt, exitCode, signal, sentence, outputBytes } = run;
  return {
    id,
    action,
    label,
    args,
    state,
    steps,
    step,
    by: run.by.user,
    reason,
    operationId,
    queuedAt,
    startedAt,
    finishedAt,
    exitCode,
    signal,
    sentence,
    outputBytes,
  };
}
