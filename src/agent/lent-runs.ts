import type { Cancel, Clock, Processes } from '../ports.ts';
import type { RunEnd } from '../protocol/request.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import type { Poller } from './contracts.ts';
import type { RunBook } from './run-book.ts';
import type { RunRecord } from './run-record.ts';

/** Runs at a console's own terminal (design 3, effect `terminal`): it runs the steps and tells their end. */
export type LentRuns = {
  begin(record: RunRecord): Promise<Run>;
  /** Follows one that an earlier life began. */
  takeUp(record: RunRecord): void;
  /** A sentence when there is no such run at a terminal any more. */
  end(id: string, end: RunEnd): Promise<string | null>;
  stop(): void;
};

type World = {
  clock: Clock;
  processes: Pick<Processes, 'birth'>;
  book: RunBook;
  poller: Poller;
  finish(id: string, outcome: Partial<Run>): Promise<void>;
};

const lookMs = 2_000;
/** What gravity ends with when it fails itself; anything else is the exit of the shell (commands.md, exit codes). */
const ownFailure = 255;

export function createLentRuns({ clock, processes, book, poller, finish }: World): LentRuns {
  const watched = new Map<string, Cancel>();
  const over = async (id: string, outcome: Partial<Run>) => {
    watched.get(id)?.();
    watched.delete(id);
    // Whatever was done in there is read at once.
    poller.runBegan();
    poller.runEnded();
    await finish(id, outcome);
  };
  const watch = ({ run: { id }, terminal }: RunRecord) => {
    const look = () => {
      const isThere = terminal !== undefined && processes.birth(terminal.pid) === terminal.birth;
      if (isThere) watched.set(id, clock.after(lookMs, look));
      else
        void over(id, { state: 'lost', sentence: 'the console it ran in is gone and did not tell its end' });
    };
    look();
  };
  return {
    async begin(record) {
      await book.add(record);
      const startedAt = new Date(clock.now()).toISOString();
      const run = await book.change(record.run.id, { state: 'running', startedAt });
      watch(record);
      return run;
    },
    takeUp: watch,
    async end(id, { exitCode, signal }) {
      const record = book.find(id);
      if (record?.terminal === undefined) return `run ${id} is not at a terminal`;
      if (isFinal(record.run.state)) return `run ${id} is over`;
      await over(id, { exitCode, signal, ...verdictOf({ exitCode, signal }) });
      return null;
    },
    stop() {
      for (const cancel of watched.values()) cancel();
    },
  };
}

/** A shell answers with the exit of its last command, which says nothing about the shell. */
function verdictOf({ exitCode, signal }: RunEnd): Pick<Run, 'state' | 'sentence'> {
  if (signal !== null) return { state: 'failed', sentence: `it was killed by ${signal}` };
  if (exitCode === null) return { state: 'failed', sentence: 'it could not be started' };
  if (exitCode === ownFailure)
    return {
      state: 'failed',
      sentence: `gravity failed with exit code ${exitCode}; its words stand on the terminal behind the console`,
    };
  return { state: 'done', sentence: exitCode === 0 ? null : `it ended with exit code ${exitCode}` };
}
