import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { kubectlTable } from './kubectl-table.ts';
import { shortSpan } from './short-span.ts';

/** `kubectl get endpoints` in kube-system: the services that gravity's endpoints phase waits for, and where they answer. */
export function endpointsTable(cluster: Cluster): string {
  const answering = [...cluster.nodes.values()].filter(({ up, planet }) => up && planet === 'up');
  const masters = answering.filter(({ role }) => role === 'master');
  const workers = answering.filter(({ role }) => role === 'node');
  const leader = masters.filter(({ server }) => server.advertise_ip === cluster.leader);
  const age = shortSpan(cluster.world.clock.now() - cluster.installed.created);
  const rows = [
    // One gravity-site alone is ready, by design (health.md 5).
    ['gravity-site', addresses(leader.length > 0 ? leader : masters.slice(0, 1), 3009), age],
    ['kube-dns', addresses(masters, 53), age],
    ['kube-dns-worker', addresses(workers, 53), age],
  ];
  return kubectlTable(['NAME', 'ENDPOINTS', 'AGE'], rows);
}

/** Three are named and the rest counted, as kubectl does it. */
function addresses(nodes: readonly ClusterNode[], port: number): string {
  const all = nodes.map(({ server }) => `${server.advertise_ip}:${port}`);
  if (all.length === 0) return '<none>';
  return all.length <= 3 ? all.join(',') : `${all.slice(0, 3).join(',')} + ${all.length - 3} more...`;
}
