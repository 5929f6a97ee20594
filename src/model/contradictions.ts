import type { Cluster } from '../protocol/cluster.ts';
import { nodeRows } from './node-rows.ts';

/** What two sources say that cannot both be true, each as a sentence that names both (operators.md: gravity#1521, #1641, #1722). */
export function contradictions(cluster: Cluster): string[] {
  const { status, health } = cluster;
  const found: string[] = [];
  const said = status?.nodes ?? [];
  if (status?.state === 'degraded' && said.length > 0 && said.every((node) => node.state === 'healthy'))
    found.push('gravity says the cluster is degraded, and that every node is healthy.');
  if (status?.state === 'active' && health?.state === 'degraded')
    found.push('gravity says the cluster is active, while the health endpoint says it is degraded.');
  for (const row of nodeRows(cluster))
    for (const text of row.contradictions) found.push(`${row.name}: ${text}.`);
  const running = status?.activeOperations.find((operation) => operation.id === cluster.plan?.operation.id);
  if (cluster.plan && running?.state === 'completed')
    found.push('The operation is completed, and its plan still has leaves to run.');
  return found;
}
