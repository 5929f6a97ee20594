import { shownSources } from '../model/shown-sources.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { SourceName, SourceState } from '../protocol/source.ts';
import { epoch } from './format/instant.ts';

const minute = 60_000;

/**
 * How old (ms) the last successful read of a source may be before it is late: the agent reads the first three at least
 * once a minute, the others every five. Logs are followed, and as old as what was logged last.
 */
const limits: Record<SourceName, number> = {
  plan: 1.5 * minute,
  status: 1.5 * minute,
  health: 1.5 * minute,
  history: 6 * minute,
  agents: 6 * minute,
  operations: 6 * minute,
  logs: Number.POSITIVE_INFINITY,
};

/** The sources an operator must know of: those that fail, are in doubt, answer from another node, or are late. */
export function lateSources(cluster: Cluster, now: number): SourceState[] {
  return shownSources(cluster).filter(({ source, state, via, lastGood }) => {
    if (state !== 'good' || via !== undefined) return true;
    return now - (epoch(lastGood) ?? now) > limits[source];
  });
}
