import type { Cancel } from '../ports.ts';
import type { Identity } from '../protocol/identity.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import type { Poller } from './contracts.ts';
import { type BookWorld, createRunBook } from './run-book.ts';
import { type Conducted, type ConductWorld, conduct } from './run-conduct.ts';
import { keeperFiles, readExit } from './run-files.ts';
import { interruptKeeper } from './run-interrupt.ts';
import type { Outcome } from './run-outcome.ts';
import { type RunRecord, runDirectory } from './run-record.ts';

export type RunsWorld = BookWorld &
  ConductWorld & {
    poller: Poller;
    /** Judges a run that waited once more: what changed, or null. */
    recheck: (record: RunRecord) => Promise<string | null>;
    /** Called with every run that is over. */
    ended: (record: RunRecord) => void;
  };

export type Runs = {
  /** Takes up what an earlier life of the agent left. */
  adopt(): Promise<void>;
  list(): Run[];
  find(id: string): Run | null;
  byRequest(requestId: string): RunRecord | null;
  /** True when no more runs may wait. */
  isFull(): boolean;
  queued(): number;
  /** Puts a run into its lane. Resolves when it is on disk; throws when it cannot be put there. */
  add(record: RunRecord): Promise<Run>;
  /** Records a run the agent does itself and does it. */
  perform(record: RunRecord, work: () => Promise<string | null>): Promise<Run>;
  /** A sentence when it could not be interrupted. */
  interrupt(id: string, by: Identity): Promise<string | null>;
  output(id: string, from: number, length: number): Promise<{ bytes: Uint8Array; total: number }>;
  /** Leaves everything that runs to its keeper. */
  stop(): void;
};

/** Runs that may wait for the cluster lane. */
const longestQueue = 10;
/** A run that only reads holds up the polls: past this it is interrupted. */
const readMs = 120_000;

/** One cluster-lane run at a time, in the order asked; those that only read go beside it, after the poll under way. */
export function createRuns(world: RunsWorld): Runs {
  const { clock, files, poller, stateDir } = world;
  const book = createRunBook(world);
  const queue: string[] = [];
  const conducted = new Map<string, Conducted>();
  let onCluster: string | null = null;
  let stopped = false;

  const now = () => new Date(clock.now()).toISOString();
  const finish = async (id: string, outcome: Outcome | Partial<Run>) => {
    await book.change(id, { finishedAt: now(), ...outcome });
    const record = book.find(id);
    if (record !== null) world.ended(record);
  };
  const conductOne = async (id: string, adopt: boolean) => {
    const run = adopt ? book.find(id)?.run : await book.change(id, { state: 'running', startedAt: now() });
    if (run === undefined || stopped) return;
    poller.runBegan();
    const seen = ({ step, outputBytes }: Pick<Run, 'step' | 'outputBytes'>) =>
      void book.change(id, run.steps.length > 1 ? { step, outputBytes } : { outputBytes });
    const conducting = conduct(world, run, { adopt, seen });
    conducted.set(id, conducting);
    const limit: Cancel =
      run.lane === 'read' ? clock.after(readMs, () => void signal(id, 'SIGTERM')) : () => {};
    const outcome = await conducting.outcome;
    limit();
    conducted.delete(id);
    await finish(id, outcome);
    poller.runEnded();
  };
  const signal = (id: string, which: 'SIGINT' | 'SIGTERM') =>
    interruptKeeper(world, runDirectory(stateDir, id), which);
  const onLane = (id: string, adopt: boolean) => {
    onCluster = id;
    conductOne(id, adopt)
      .catch((error) => troubled(id, error))
      .finally(() => {
        onCluster = null;
        void pump();
      });
  };
  const troubled = (id: string, error: unknown) => {
    world.log.error('a run could not be conducted', { id, error });
    return finish(id, { state: 'unknown', sentence: 'the agent could not follow it: see the agent’s log' });
  };
  /** What waited is judged again: the run before it may have changed what it would do. */
  const pump = async () => {
    if (onCluster !== null || stopped) return;
    const id = queue.shift();
    const record = id === undefined ? null : book.find(id);
    if (record === null) return;
    onCluster = record.run.id;
    const changed = await world.recheck(record).catch(() => 'it could not be judged again');
    if (changed === null) return onLane(record.run.id, false);
    onCluster = null;
    await finish(record.run.id, { state: 'cancelled', sentence: `not started: while it waited, ${changed}` });
    await pump();
  };
  const aside = (id: string) =>
    void poller.exclusive(() => conductOne(id, false)).catch((error) => troubled(id, error));

  return {
    async adopt() {
      await book.load();
      for (const { run } of book.all().toReversed()) {
        if (run.state === 'queued')
          await finish(run.id, { state: 'cancelled', sentence: 'the agent ended before it began' });
        if (run.state !== 'running') continue;
        if (run.lane === 'cluster') onLane(run.id, true);
        else void conductOne(run.id, true).catch((error) => troubled(run.id, error));
      }
    },
    list: () => book.all().map(({ run }) => run),
    find: (id) => book.find(id)?.run ?? null,
    byRequest: book.byRequest,
    isFull: () => queue.length >= longestQueue,
    queued: () => queue.length,
    async add(record) {
      await book.add(record);
      const { id, lane } = record.run;
      if (lane === 'read') aside(id);
      else if (onCluster === null && queue.length === 0) onLane(id, false);
      else queue.push(id);
      return record.run;
    },
    async perform(record, work) {
      await book.add(record);
      await book.change(record.run.id, { state: 'running', startedAt: now() });
      const sentence = await work();
      await finish(record.run.id, { state: sentence === null ? 'done' : 'failed', sentence });
      return book.find(record.run.id)?.run ?? record.run;
    },
    async interrupt(id, by) {
      const record = book.find(id);
      if (record === null || isFinal(record.run.state)) return `run ${id} is over`;
      const waiting = queue.indexOf(id);
      if (waiting >= 0) {
        queue.splice(waiting, 1);
        await finish(id, {
          state: 'cancelled',
          interruptedBy: by,
          sentence: 'it was taken out of the queue',
        });
        return null;
      }
      const unit = record.run.steps.at(-1)?.unit;
      if (unit !== undefined && (await readExit(files, runDirectory(stateDir, id))) !== null)
        return `it goes on in systemd's ${unit}: systemctl stop ${unit}`;
      const again = record.run.interruptedBy !== null;
      const trouble = await signal(id, again ? 'SIGTERM' : 'SIGINT');
      if (trouble === null && !isFinal(book.find(id)?.run.state ?? 'done'))
        await book.change(id, { interruptedBy: by });
      return trouble;
    },
    async output(id, from, length) {
      const path = keeperFiles(runDirectory(stateDir, id)).output;
      const total = (await files.stat(path))?.size ?? 0;
      const bytes = from >= total ? null : await files.readFrom(path, from, length);
      return { bytes: bytes ?? new Uint8Array(), total };
    },
    stop() {
      stopped = true;
      for (const conducting of conducted.values()) conducting.leave();
    },
  };
}
