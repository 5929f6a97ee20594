import type { Log } from '../ports.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import type { Poller } from './contracts.ts';
import type { RunBook } from './run-book.ts';
import { type Conducted, type ConductWorld, conduct } from './run-conduct.ts';
import { interruptKeeper } from './run-interrupt.ts';
import { observeRun, type RunObserving } from './run-observing.ts';
import type { Outcome } from './run-outcome.ts';
import { type RunRecord, runDirectory } from './run-record.ts';
import type { Seen } from './run-watch.ts';

export type LanesWorld = ConductWorld & {
  log: Log;
  poller: Poller;
  book: RunBook;
  /** Judges a run that waited once more: what changed, or null. */
  recheck: (record: RunRecord) => Promise<string | null>;
  /** Called with every run that is over. */
  ended: (record: RunRecord) => void;
  /** A run of the agent's own that belongs to the end of this one, before anything else begins; null for none. */
  aftermath: (run: Run) => Promise<RunRecord | null>;
};

export type Lanes = {
  /** Puts a run that is in the book into its lane. */
  enter(run: Run): void;
  /** Follows a run that an earlier life started. */
  takeUp(run: Run): void;
  waiting(): number;
  /** Takes a run out of the queue; false when it does not wait. */
  leaveQueue(id: string): boolean;
  finish(id: string, outcome: Partial<Run>): Promise<void>;
  /** Leaves everything that runs to its keeper and begins nothing more. */
  stop(): void;
};

/** A run that only reads holds up the polls: past this it is interrupted. */
const readMs = 120_000;

/** One cluster-lane run at a time, in the order asked; those that only read go beside it, after the poll under way. */
export function createLanes(world: LanesWorld): Lanes {
  const { book, poller } = world;
  const conductor = createConductor(world);
  const queue: string[] = [];
  let onCluster: string | null = null;
  let stopped = false;

  const occupy = async (id: string, work: () => Promise<void>) => {
    onCluster = id;
    await work();
    onCluster = null;
    await next();
  };
  const conductWhole = async (run: Run, adopt: boolean): Promise<void> => {
    await conductor.conduct(run, adopt);
    const over = book.find(run.id)?.run;
    if (stopped || over === undefined || !isFinal(over.state)) return;
    const more = await world.aftermath(over).catch(() => null);
    if (stopped || more === null) return;
    await book.add(more);
    await conductor.conduct(more.run, false);
  };
  /** What waited is judged again: the run before it may have changed what it would do. */
  const next = async () => {
    const id = stopped || onCluster !== null ? undefined : queue.shift();
    const record = id === undefined ? null : book.find(id);
    if (record === null) return;
    await occupy(record.run.id, async () => {
      const changed = await world.recheck(record).catch(() => 'it could not be judged again');
      if (changed === null) return conductWhole(record.run, false);
      const sentence = `not started: while it waited, ${changed}`;
      await conductor.finish(record.run.id, { state: 'cancelled', sentence });
    });
  };
  return {
    enter(run) {
      if (run.lane === 'read') void poller.exclusive(() => conductor.conduct(run, false));
      else if (onCluster !== null || queue.length > 0) queue.push(run.id);
      else void occupy(run.id, () => conductWhole(run, false));
    },
    takeUp(run) {
      if (run.lane === 'read') void conductor.conduct(run, true);
      else void occupy(run.id, () => conductWhole(run, true));
    },
    waiting: () => queue.length,
    leaveQueue(id) {
      const at = queue.indexOf(id);
      if (at >= 0) queue.splice(at, 1);
      return at >= 0;
    },
    finish: conductor.finish,
    stop() {
      stopped = true;
      conductor.stop();
    },
  };
}

/** Takes runs from their beginning, or from where they were found, to their end. Never rejects. */
function createConductor(world: LanesWorld) {
  const { book, clock, poller, log, stateDir } = world;
  const underWay = new Set<Conducted>();
  let stopped = false;
  const now = () => new Date(clock.now()).toISOString();

  const finish = async (id: string, outcome: Partial<Run>) => {
    await book.change(id, { finishedAt: now(), ...outcome });
    const record = book.find(id);
    if (record !== null) world.ended(record);
  };
  const follow = async (run: Run, adopt: boolean, observing: RunObserving): Promise<Outcome> => {
    const severalSteps = run.steps.length > 1;
    const seen = (now: Seen) => {
      const { step, outputBytes } = now;
      void book.change(run.id, severalSteps ? { step, outputBytes } : { outputBytes }).catch(() => {});
      observing.seen(now);
    };
    const conducted = conduct(world, run, { adopt, seen });
    underWay.add(conducted);
    const tooLong = () =>
      void interruptKeeper(world, runDirectory(stateDir, run.id), 'SIGTERM').catch(() => {});
    const cancelLimit = run.lane === 'read' ? clock.after(readMs, tooLong) : () => {};
    const outcome = await conducted.outcome.finally(cancelLimit);
    underWay.delete(conducted);
    return outcome;
  };
  const troubled = (id: string, error: unknown): Partial<Run> => {
    log.error('a run could not be conducted', { id, error: String(error) });
    return { state: 'unknown', sentence: 'the agent could not follow it: see the agent’s log' };
  };
  return {
    finish,
    async conduct(asked: Run, adopt: boolean): Promise<void> {
      if (stopped) return;
      const run = adopt ? asked : await book.change(asked.id, { state: 'running', startedAt: now() });
      poller.runBegan();
      const observing = observeRun(world, run);
      const outcome = await follow(run, adopt, observing).catch((error) => troubled(run.id, error));
      await observing.ended({ ...run, finishedAt: now(), ...outcome });
      // Before the end is told: whoever then judges finds the new reading under way, and waits for it.
      poller.runEnded();
      await finish(run.id, outcome);
    },
    stop() {
      stopped = true;
      for (const conducted of underWay) conducted.leave();
    },
  };
}
