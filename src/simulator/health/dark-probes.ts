import type { Cluster, ClusterNode, Probe } from '../cluster/cluster.ts';
import { failedProbe } from './failed-probe.ts';

/** What answers last when planet starts (health.md 6.2), by role. */
const STARTING = {
  master: ['docker', 'etcd-healthz', 'kube-apiserver', 'docker-registry', 'systemd', 'node-status'],
  node: ['docker', 'etcd-healthz', 'kubelet', 'systemd', 'node-status'],
} as const;

/** What the work of an operation darkens on a node: planet as it starts, and etcd with the API that stands on it. */
export function darkProbes(cluster: Cluster, node: ClusterNode): Probe[] {
  if (node.planet === 'starting') return STARTING[node.role].map((checker) => failedProbe(checker));
  const dark = !cluster.world.etcdAnswers();
  return [
    ...(dark || node.etcdStopped ? [failedProbe('etcd-healthz')] : []),
    ...(dark && node.role === 'master' ? [failedProbe('kube-apiserver')] : []),
  ];
}
