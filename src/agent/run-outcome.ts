import type { Files } from '../ports.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { Run } from '../protocol/run.ts';
import { failureSentence } from './failure-sentence.ts';
import { type KeeperExit, keeperFiles, readProgress } from './run-files.ts';

/** Gravity's error is the last thing it prints. */
const tailBytes = 64 * 1024;

export type Outcome = Pick<Run, 'state' | 'exitCode' | 'signal' | 'sentence' | 'outputBytes' | 'step'>;
type End = { exit: KeeperExit | null; outputBytes: number };

/** What a keeper's end means for its run: an exit of 0 (or the one its step expects) is done, an interruption it died of cancelled, no exit lost. */
export async function outcomeOf(files: Files, dir: string, run: Run, end: End): Promise<Outcome> {
  const { exit, outputBytes } = end;
  if (exit === null) return { ...lost, step: await lastStep(files, dir, run), outputBytes };
  const { step, exitCode, signal } = exit;
  const known = { step, exitCode, signal, outputBytes };
  if (exitCode === 0 || (await endedAsExpected(files, dir, run, exit)))
    return { ...known, state: 'done', sentence: null };
  if (exit.interrupted) return { ...known, state: 'cancelled', sentence: 'it was interrupted' };
  return { ...known, state: 'failed', sentence: await failure(files, dir, exit) };
}

/** A step may be done by an error it asks for. */
async function endedAsExpected(files: Files, dir: string, run: Run, exit: KeeperExit): Promise<boolean> {
  const { expects } = run.steps[exit.step] ?? {};
  if (expects === undefined || expects.exitCode !== exit.exitCode) return false;
  return (await tailOf(files, keeperFiles(dir).output)).includes(expects.says);
}

const lost = {
  state: 'lost',
  exitCode: null,
  signal: null,
  sentence: 'its keeper vanished without an exit: what gravity did is told by the plan alone',
} as const;

/** The keeper told which step it began before it vanished. */
async function lastStep(files: Files, dir: string, run: Run): Promise<number> {
  return Math.max(run.step, (await readProgress(files, dir)).step);
}

async function failure(files: Files, dir: string, exit: KeeperExit): Promise<string> {
  if (exit.detail !== null) return `gravity could not be started: ${cleanLine(exit.detail)}`;
  if (exit.signal !== null) return `gravity was killed by ${exit.signal}`;
  const tail = await tailOf(files, keeperFiles(dir).output);
  return tail.trim() === ''
    ? `gravity failed with exit code ${exit.exitCode} and said nothing`
    : failureSentence(tail);
}

async function tailOf(files: Files, path: string): Promise<string> {
  const size = (await files.stat(path))?.size ?? 0;
  const bytes = await files.readFrom(path, Math.max(0, size - tailBytes), tailBytes);
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}
