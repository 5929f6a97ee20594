import { runsTwin } from '../model/twin-runs.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { RunsTwin } from '../protocol/twins.ts';
import { shortInstant } from './output-instant.ts';
import { table } from './output-table.ts';
import { twinCommand } from './twin-command.ts';

/** `gravity-console runs`: what was run from here, newest first; the agent's own knowledge, so never stale. */
export const runsCommand = twinCommand({
  name: 'runs',
  describe: 'what the agent has run, and how it ended',
  live: ({ cluster }) => ({
    twin: runsTwin(cluster.runs),
    verdict: { exit: exitCodes.fine.code, sentence: null },
    remarks: [],
  }),
  text: runsText,
  // Output that grows is no news of a run.
  news: (twin) => twin.runs.map((run) => ({ ...run, outputBytes: 0 })),
});

function runsText({ runs }: RunsTwin): string[] {
  if (runs.length === 0) return ['no runs yet'];
  const rows = runs.map((run) => [
    shortInstant(run.queuedAt),
    run.state,
    run.action,
    argsOf(run),
    run.by,
    run.id,
    run.sentence,
  ]);
  return table(['Queued', 'State', 'Action', 'Arguments', 'By', 'Run', 'Result'], rows);
}

/** A step without an operand took the next phase: its only step tells which. */
function argsOf({ args, steps }: RunsTwin['runs'][number]): string {
  const phase = steps.length === 1 ? (steps[0]?.phase ?? null) : null;
  return Object.entries(phase === null ? args : { phase, ...args })
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
