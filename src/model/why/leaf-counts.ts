import type { Phase } from '../../protocol/phase.ts';

/** How many leaves are in which state, in words: `12 of 86 leaves completed, 1 failed`. */
export function counts(leaves: readonly Phase[]): string {
  const of = (state: Phase['state']) => leaves.filter((leaf) => leaf.state === state).length;
  const others = [
    [of('in_progress'), 'in progress'],
    [of('failed'), 'failed'],
    [of('rolled_back'), 'rolled back'],
  ] as const;
  const told = others.filter(([count]) => count > 0).map(([count, word]) => `, ${count} ${word}`);
  return `${of('completed')} of ${leaves.length} leaves completed${told.join('')}`;
}
