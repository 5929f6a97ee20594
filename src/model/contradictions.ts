import type { Cluster } from '../protocol/cluster.ts';
import { isStatusNewer } from './health-age.ts';
import { nodeRows } from './node-rows.ts';
import { resetMidwayWords } from './reset-midway.ts';

/**
 * What two sources say that cannot both be true, each as a sentence that names both (operators.md: gravity#1521, #1641,
 * #1722). With `now` (epoch ms) the sentences tell how old each word is. A reading of health that no longer counts
 * contradicts nobody.
 */
export function contradictions(cluster: Cluster, now: number | null = null): string[] {
  const { status, health } = cluster;
  const found: string[] = [];
  const [read, collected] = [ageWords(cluster, 'status', now), ageWords(cluster, 'health', now)];
  const said = status?.nodes ?? [];
  if (status?.state === 'degraded' && said.length > 0 && said.every((node) => node.state === 'healthy'))
    found.push(`gravity status${read} says that the cluster is degraded and that every node is healthy.`);
  if (status?.state === 'active' && health?.state === 'degraded' && !isStatusNewer(cluster))
    found.push(
      `gravity status${read} says that the cluster is active, the health endpoint${collected} that it is degraded.`,
    );
  for (const { name, disagree } of nodeRows(cluster))
    if (disagree !== null)
      found.push(
        `${name}: status${read} says ${disagree.status}, the health endpoint${collected} says ${disagree.health}.`,
      );
  const running = status?.activeOperations.find((operation) => operation.id === cluster.plan?.operation.id);
  if (cluster.plan && running?.state === 'completed')
    found.push('The operation is completed, and its plan still has phases to run.');
  const reset = resetMidwayWords(cluster);
  if (reset !== null) found.push(`T${reset.slice(1)}.`);
  return found;
}

function ageWords({ sources }: Cluster, source: 'status' | 'health', now: number | null): string {
  const { lastGood } = sources[source];
  if (now === null || lastGood === null) return '';
  const seconds = Math.max(0, Math.round((now - Date.parse(lastGood)) / 1000));
  return seconds < 100 ? ` (${seconds}s ago)` : ` (${Math.round(seconds / 60)}m ago)`;
}
