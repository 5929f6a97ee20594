import { nodesUnknownWords } from '../model/health-words.ts';
import { shortInstant } from './output-instant.ts';
import type { Live } from './twin-row.ts';

/** The line above what is shown of nodes while their health is not known: since when, and how they were then. */
export function healthStanding({ cluster, now }: Pick<Live, 'cluster' | 'now'>): string | null {
  const words = nodesUnknownWords(cluster, { now, clock: (at) => shortInstant(at) ?? at });
  return words === null ? null : `nodes    ${words}`;
}
