import type { Cluster } from '../protocol/cluster.ts';

/** What Kubernetes calls a node of the plan by its host name: its `nodename`, else its advertise address. */
export function kubernetesName({ plan }: Cluster, hostname: string): string {
  const server = plan?.servers.find((each) => each.hostname === hostname);
  return server?.nodename || server?.ip || hostname;
}
