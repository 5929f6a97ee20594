import type { Clock, Files, Log } from '../ports.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import type { Ledger } from './contracts.ts';
import { type RunRecord, readRecords, runDirectory, writeRecord } from './run-record.ts';

/** The runs' share of the state directory (200 MB in all, with one more under way), and how many are kept at most. */
const budget = { bytes: 120 * 1024 * 1024, runs: 500 };

export type BookWorld = { clock: Clock; files: Files; ledger: Ledger; log: Log; stateDir: string };

/** The runs the agent knows: in memory, on disk, and told to the ledger at every change. */
export type RunBook = {
  load(): Promise<void>;
  /** Newest first. */
  all(): RunRecord[];
  find(id: string): RunRecord | null;
  byRequest(requestId: string): RunRecord | null;
  /** Written before it is told: a request acknowledged once is known for ever. Throws when the disk takes nothing. */
  add(record: RunRecord): Promise<void>;
  /** Told at once; on disk unless only the output grew. A disk that fails is logged: the keeper's files tell again. */
  change(id: string, part: Partial<Run>): Promise<Run>;
};

export function createRunBook(world: BookWorld): RunBook {
  const { clock, files, ledger, log, stateDir } = world;
  const records = new Map<string, RunRecord>();
  let writing: Promise<void> = Promise.resolve();

  const all = () =>
    [...records.values()].sort((one, other) => (one.run.queuedAt < other.run.queuedAt ? 1 : -1));
  const tell = (run: Run) =>
    ledger.record({ kind: 'run.changed', seen: new Date(clock.now()).toISOString(), run });
  /** One after the other, so that the last change is the one on disk. */
  const write = (record: RunRecord) => {
    const mine = writing.then(() => writeRecord(files, stateDir, record));
    writing = mine.catch((error) => log.error('a run could not be written', { id: record.run.id, error }));
    return mine;
  };
  const prune = async () => {
    for (const { run } of surplus(all())) {
      records.delete(run.id);
      await files.remove(runDirectory(stateDir, run.id)).catch(() => {});
    }
  };
  return {
    async load() {
      for (const record of await readRecords(files, stateDir)) records.set(record.run.id, record);
      const told = new Set(ledger.state().runs.map(({ id }) => id));
      for (const { run } of all().toReversed()) if (!told.has(run.id)) tell(run);
    },
    all,
    find: (id) => records.get(id) ?? null,
    byRequest: (requestId) => all().find(({ run }) => run.requestId === requestId) ?? null,
    async add(record) {
      await write(record);
      records.set(record.run.id, record);
      tell(record.run);
    },
    async change(id, part) {
      const before = records.get(id);
      if (before === undefined) throw new Error(`there is no run ${id}`);
      const record = { ...before, run: { ...before.run, ...part } };
      records.set(id, record);
      tell(record.run);
      if (Object.keys(part).some((name) => name !== 'outputBytes')) await write(record).catch(() => {});
      if (isFinal(record.run.state)) await prune();
      return record.run;
    },
  };
}

/** The oldest runs that are over and past the budget. */
function surplus(newestFirst: RunRecord[]): RunRecord[] {
  let bytes = 0;
  return newestFirst.filter(({ run }, index) => {
    bytes += run.outputBytes;
    return isFinal(run.state) && (index >= budget.runs || bytes > budget.bytes);
  });
}
