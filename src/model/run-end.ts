import type { Run } from '../protocol/run.ts';

/**
 * What the end of a run means for the leaf it was at on another node: `failed` there · `nothing-ran`: gravity refused before
 * it began there · `killed`: gravity was, and its remote part dies with it · `orphan`: only who ran it is lost, so that it
 * may go on there.
 */
export type RunEnd = 'done' | 'failed' | 'nothing-ran' | 'killed' | 'orphan';

/** As the run's state, signal and sentence tell. */
export function endOfRun({ state, signal, sentence }: Pick<Run, 'state' | 'signal' | 'sentence'>): RunEnd {
  if (state === 'done' || state === 'unknown') return 'done';
  if (state === 'lost') return 'orphan';
  if (state === 'cancelled' || signal !== null) return 'killed';
  return ends.find(([words]) => words.test(sentence ?? ''))?.[1] ?? 'failed';
}

/** The first that fits; the words are gravity's (nodes-facts 3, 5, 6, 8 and engine-observed 2 to 4). */
const ends: readonly (readonly [RegExp, RunEnd])[] = [
  [/transport is closing/, 'orphan'],
  [/no agent is running on node/, 'nothing-ran'],
  [/does not appear to have an upgrade agent running/, 'nothing-ran'],
  [/required phase "[^"]*" is not completed/, 'nothing-ran'],
  [/is in progress, use --force/, 'nothing-ran'],
  [/cannot be rolled back because/, 'nothing-ran'],
  [/has already been rolled back|hasn't been executed yet/, 'nothing-ran'],
  [/phase "[^"]*" not found/, 'nothing-ran'],
  [/must be resumed on node/, 'nothing-ran'],
];
