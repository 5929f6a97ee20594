import type { Cluster } from '../protocol/cluster.ts';
import type { Run } from '../protocol/run.ts';
import { passes } from './filter.ts';
import { named } from './run-name.ts';

/** The runs that pass the filter, newest first. */
export function runItems(cluster: Cluster, filter: string): Run[] {
  return cluster.runs.filter((run) =>
    passes(filter, {
      names: [run.action, named(run), run.state, run.by.user],
      texts: [run.sentence, run.reason],
    }),
  );
}
