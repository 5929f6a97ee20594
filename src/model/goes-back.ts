import type { Cluster } from '../protocol/cluster.ts';
import type { Run } from '../protocol/run.ts';

type Known = Pick<Cluster, 'plan' | 'passages' | 'runs' | 'observed'>;

/**
 * Whether a rollback is under way: a run of ours rolls back, or the log of one that is followed says so; or a leaf is in progress, none of our runs executes, and
 * the last leaf that was seen to end was rolled back. Gravity passes through in_progress both ways, so the first leaf of
 * somebody else's rollback cannot be told from an execution.
 */
export function goesBack({ plan, passages, runs, observed: seen }: Known): boolean {
  const run = runs.find(({ lane, state }) => lane === 'cluster' && state === 'running');
  if (run !== undefined) return rollsBack(run);
  const leaves = plan?.phases.filter(({ leaf }) => leaf) ?? [];
  const observed = Object.values(seen).find(
    ({ state, left }) => state === 'in_progress' && left === undefined,
  );
  if (observed !== undefined) return observed.way === 'rollback';
  if (!leaves.some(({ state }) => state === 'in_progress')) return false;
  let last: { at: number; back: boolean } | null = null;
  for (const { id, state } of leaves) {
    const ended = passages[id]?.ended ?? null;
    if (ended === null || (last !== null && Date.parse(ended) < last.at)) continue;
    last = { at: Date.parse(ended), back: state === 'rolled_back' };
  }
  return last?.back ?? false;
}

/** `plan rollback` and `rollback`; a dry run changes nothing. */
function rollsBack({ steps, step }: Run): boolean {
  const { program, argv = [] } = steps[step] ?? {};
  const words = argv.filter((word) => !word.startsWith('-'));
  return program === 'gravity' && words.slice(0, 2).includes('rollback') && !argv.includes('--dry-run');
}
