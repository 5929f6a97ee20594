import type { Files } from '../ports.ts';
import type { Run } from '../protocol/run.ts';
import { keeperFiles } from './run-files.ts';

/**
 * What the agent itself remembers of a run, in RUNDIR/run.json: enough to answer a request sent twice, and to adopt the
 * run in another life. `wheelTaken` says that the wheel was taken for it and goes back at its end.
 */
export type RunRecord = {
  judgementId: string;
  digest: string;
  wheelTaken: boolean;
  run: Run;
  /** The console at whose terminal it runs, for what needs one. */
  terminal?: { pid: number; birth: string };
};

export function runDirectory(stateDir: string, id: string): string {
  return `${stateDir}/runs/${id}`;
}

export async function writeRecord(files: Files, stateDir: string, record: RunRecord): Promise<void> {
  const dir = runDirectory(stateDir, record.run.id);
  await files.makeDirectory(dir, { mode: 0o700 });
  await files.write(keeperFiles(dir).run, `${JSON.stringify(record)}\n`);
}

/** All records on disk, newest first; a directory without a readable one is left alone and out. */
export async function readRecords(files: Files, stateDir: string): Promise<RunRecord[]> {
  const ids = await files.list(`${stateDir}/runs`);
  const records = await Promise.all(ids.map((id) => readRecord(files, runDirectory(stateDir, id))));
  return records
    .filter((record) => record !== null)
    .sort((one, other) => (one.run.queuedAt < other.run.queuedAt ? 1 : -1));
}

async function readRecord(files: Files, dir: string): Promise<RunRecord | null> {
  const text = await files.readText(keeperFiles(dir).run);
  try {
    // Written by ourselves, whole or not at all.
    const record: RunRecord = JSON.parse(text ?? '');
    return typeof record.run?.id === 'string' ? record : null;
  } catch {
    return null;
  }
}
