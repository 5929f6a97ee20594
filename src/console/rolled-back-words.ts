import { rolledBackAt } from '../model/rolled-back.ts';
import type { Cluster } from '../protocol/cluster.ts';

/** What is said of an operation that was rolled back completely and is over, in place of its next phase; null of any other. */
export function rolledBackWords(cluster: Cluster): string | null {
  return rolledBackAt(cluster) === null ? null : 'rolled back completely; this operation is over';
}
