import { isFinal, type Run } from '../protocol/run.ts';
import { named } from './run-name.ts';
import type { Notice } from './ui.ts';

/** What this console says when a run it started is over; nothing while it goes on, and nothing of other consoles' runs. */
export function runNotice(before: readonly Run[], run: Run, console: string): Notice | null {
  const known = before.find((one) => one.id === run.id);
  if (run.by.console !== console || !isFinal(run.state) || known === undefined || isFinal(known.state))
    return null;
  const why = run.sentence === null ? '' : `: ${run.sentence}`;
  return {
    text: `${named(run)} ${run.state}${why}   o shows its output`,
    tone: run.state === 'done' ? 'good' : 'bad',
  };
}
