import type { Cluster } from '../protocol/cluster.ts';
import { type SourceState, sourceNames } from '../protocol/source.ts';

/** The sources there are to tell of: logs only where one is followed. An older agent does not tell of all. */
export function shownSources({ sources }: Pick<Cluster, 'sources'>): SourceState[] {
  const known: Partial<Cluster['sources']> = sources;
  return sourceNames.flatMap((name) => {
    const source = known[name];
    return source === undefined || (name === 'logs' && source.state === 'never') ? [] : [source];
  });
}
