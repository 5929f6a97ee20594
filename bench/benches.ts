import type { Asked } from './asked.ts';
import type { Row } from './row.ts';

/** One bench: what it measures, to stand above its figures, and how it is run. */
export type Bench = { title: string; how: readonly string[]; bench(asked: Asked): Promise<Row[]> };

/** Every bench by its name; a new one is a row here and a file beside this one. */
export const benches: Readonly<Record<string, Bench>> = {
  estimate: {
    title: 'How well the end of an upgrade is foretold',
    how: [
      'The simulator’s own plans of an upgrade of 3 masters, 3 masters and 2 nodes, and 3 masters and 60 nodes, resumed by its engine on a clock that waits for nothing, once a seed.',
      'Hidden from the estimator: a leaf takes the default of its kind (the `p50` of the product’s phase kinds) × a factor of the kind (0.2 to 5, log-uniform) × a factor of the node the leaf is about (up to 30% either way, log-uniform) × 10 for one leaf of the plan.',
      'Known to it: the events of a plan read every 2.25 s (63 nodes: every 5.6 s, which is what its reading costs) by the product’s own comparison and fold, checked against the product’s own reading of the document. No earlier operation.',
      'Asked at 25, 50 and 75% of the true time. Error: |estimate − really left| ÷ really left. Counting leaves, with the same knowledge: time so far × leaves left ÷ leaves done. The × is counting’s error over ours.',
      'Watched from 50% on: the agent first reads the plan half way and is asked one reading later. What ended before it knows by gravity’s stamps alone.',
      'The spread is told as at least nine times of ten. Kinds not seen yet carry a factor nobody can know, which is why it is wide on small clusters.',
    ],
    bench: async ({ seeds }) => (await import('./estimate.ts')).bench(seeds),
  },
  poll: {
    title: 'What reading the plan of 63 nodes costs the agent',
    how: [
      'The recorded plan (2.5 MB, 666 leaves) through poller, adapter, comparison, fold and ledger to an event at a subscriber; CPU of the agent’s process, the median of 15.',
    ],
    bench: async () => (await import('./poll.ts')).bench(),
  },
};
