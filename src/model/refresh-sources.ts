import type { Cluster } from '../protocol/cluster.ts';
import { sourceNames } from '../protocol/source.ts';

/**
 * The state with newer last-good times, by source name: what a beat of the stream carries. An unchanged answer is no
 * event, yet its age must be true. Only ever moves a time forward; nothing newer gives back the same object.
 */
export function refreshSources(cluster: Cluster, lastGood: Readonly<Record<string, string>>): Cluster {
  const newer = sourceNames.filter((name) =>
    isNewer(lastGood[name], cluster.sources[name]?.lastGood ?? null),
  );
  if (newer.length === 0) return cluster;
  const sources = { ...cluster.sources };
  for (const name of newer) {
    const at = lastGood[name] ?? null;
    sources[name] = { ...sources[name], at, lastGood: at };
  }
  return { ...cluster, sources };
}

function isNewer(time: string | undefined, than: string | null): boolean {
  return time !== undefined && (than === null || Date.parse(time) > Date.parse(than));
}
