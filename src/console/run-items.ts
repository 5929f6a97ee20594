import type { Cluster } from '../protocol/cluster.ts';
import type { Run } from '../protocol/run.ts';
import { passes } from './filter.ts';

/** The runs that pass the filter, newest first. */
export function runItems(cluster: Cluster, filter: string): Run[] {
  return cluster.runs.filter((run) =>
    passes(filter, `${run.action} ${run.label} ${run.state} ${run.by.user} ${run.sentence ?? ''}`),
  );
}
