import type { Identity } from '../protocol/identity.ts';
import type { RunEnd } from '../protocol/request.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { createLentRuns } from './lent-runs.ts';
import { forgetOnceRead } from './phase-walk.ts';
import { type BookWorld, createRunBook } from './run-book.ts';
import { keeperFiles, readExit } from './run-files.ts';
import { interruptKeeper } from './run-interrupt.ts';
import { createLanes, type Lanes, type LanesWorld } from './run-lanes.ts';
import { type RunRecord, runDirectory } from './run-record.ts';

export type RunsWorld = BookWorld & Omit<LanesWorld, 'book'>;

export type Runs = {
  /** Takes up what an earlier life of the agent left. */
  adopt(): Promise<void>;
  /** Newest first. */
  list(): Run[];
  find(id: string): Run | null;
  byRequest(requestId: string): RunRecord | null;
  /** True when no more runs may wait. */
  isFull(): boolean;
  queued(): number;
  /** Puts a run into its lane. Resolves when it is on disk; throws when it cannot be put there. */
  add(record: RunRecord): Promise<Run>;
  /** Records a run the agent does itself and does it; `work` answers a sentence when it could not. */
  perform(record: RunRecord, work: () => Promise<string | null>): Promise<Run>;
  /** Records a run that a console does at its own terminal; `end` tells how that ended. */
  lend(record: RunRecord): Promise<Run>;
  /** A sentence when there is no such run at a terminal any more. */
  end(id: string, end: RunEnd): Promise<string | null>;
  /** A sentence when it could not be interrupted. */
  interrupt(id: string, by: Identity): Promise<string | null>;
  output(id: string, from: number, length: number): Promise<{ bytes: Uint8Array; total: number }>;
  /** Leaves everything that runs to its keeper. */
  stop(): void;
};

/** Runs that may wait for the cluster lane. */
const longestQueue = 10;

/** The runs of this agent and of its earlier lives. */
export function createRuns(world: RunsWorld): Runs {
  const { clock, files, stateDir } = world;
  const book = createRunBook(world);
  const lanes = createLanes({ ...world, book });
  const lent = createLentRuns({ ...world, book, finish: lanes.finish });
  return {
    async adopt() {
      await book.load();
      for (const record of book.all().toReversed()) {
        const { run, terminal } = record;
        if (run.state === 'running' && terminal !== undefined) lent.takeUp(record);
        else if (run.state === 'running' && (await hasBegun(world, run))) lanes.takeUp(run);
        else if (run.state === 'running' || run.state === 'queued') await lanes.finish(run.id, neverBegun);
      }
      forgetLeft(world);
    },
    list: () => book.all().map(({ run }) => run),
    find: (id) => book.find(id)?.run ?? null,
    byRequest: book.byRequest,
    isFull: () => lanes.waiting() >= longestQueue,
    queued: lanes.waiting,
    async add(record) {
      await book.add(record);
      lanes.enter(record.run);
      return record.run;
    },
    async perform(record, work) {
      const { id } = record.run;
      await book.add(record);
      await book.change(id, { state: 'running', startedAt: new Date(clock.now()).toISOString() });
      const sentence = await work();
      await lanes.finish(id, { state: sentence === null ? 'done' : 'failed', sentence });
      return book.find(id)?.run ?? record.run;
    },
    lend: lent.begin,
    end: lent.end,
    async interrupt(id, by) {
      const record = book.find(id);
      const run = record?.run;
      if (run === undefined || isFinal(run.state)) return `run ${id} is over`;
      if (record?.terminal !== undefined)
        return `run ${id} is at the terminal of ${run.by.user}: it is ended there`;
      const trouble = await interruptOne(world, lanes, { run, by });
      const after = book.find(id)?.run;
      if (trouble === null && after !== undefined && !isFinal(after.state))
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
      lanes.stop();
      lent.stop();
    },
  };
}

/** What an earlier life knew to run by what is over now, and was not there any more to see the plan tell of it. */
function forgetLeft(world: RunsWorld): void {
  const { runs, observed } = world.ledger.state();
  const live = new Set(runs.flatMap(({ id, state }) => (isFinal(state) ? [] : [id])));
  for (const [phase, { from, run }] of Object.entries(observed))
    if (run === null || !live.has(run)) void forgetOnceRead(world, { from, run }, [phase]);
}

const neverBegun = {
  state: 'cancelled',
  startedAt: null,
  sentence: 'the agent ended before it began',
} as const;

/** A keeper is started when its steps are on disk; before that nobody can have run anything. */
async function hasBegun({ files, stateDir }: RunsWorld, { id }: Run): Promise<boolean> {
  return (await files.stat(keeperFiles(runDirectory(stateDir, id)).steps)) !== null;
}

type Interruption = { run: Run; by: Identity };

/** Asked again, a polite signal becomes a firm one, and the keeper makes the third the last (keeper.ts). */
async function interruptOne(
  world: RunsWorld,
  lanes: Lanes,
  { run, by }: Interruption,
): Promise<string | null> {
  if (lanes.leaveQueue(run.id)) {
    const sentence = 'it was taken out of the queue';
    await lanes.finish(run.id, { state: 'cancelled', interruptedBy: by, sentence });
    return null;
  }
  const dir = runDirectory(world.stateDir, run.id);
  const unit = run.steps.at(-1)?.unit;
  if (unit !== undefined && (await readExit(world.files, dir)) !== null)
    return `it goes on in systemd's ${unit}: systemctl stop ${unit}`;
  return interruptKeeper(world, dir, run.interruptedBy === null ? 'SIGINT' : 'SIGTERM');
}
