import { clockWords, nodesUnknownWords } from '../model/health-words.ts';
import { shortInstant } from './output-instant.ts';
import type { Live } from './twin-row.ts';

/**
 * The lines above what is shown of nodes: since when their health is not known and how they were then, and a clock that is
 * not ours; null for none.
 */
export function healthStanding({ cluster, now }: Pick<Live, 'cluster' | 'now'>): string | null {
  const words = nodesUnknownWords(cluster, { now, clock: (at) => shortInstant(at) ?? at });
  const clock = clockWords(cluster);
  const lines = [
    ...(words === null ? [] : [`nodes    ${words}`]),
    ...(clock === null ? [] : [`clock    ${clock}`]),
  ];
  return lines.length === 0 ? null : lines.join('\n');
}
