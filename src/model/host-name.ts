import type { Cluster } from '../protocol/cluster.ts';
import type { HealthNode } from '../protocol/health.ts';

/**
 * The host name of a node of the health endpoint, which has serf's names (`192_168_1_12.cluster`): by its public
 * address the plan's server, else the node of status; its own name while neither knows it.
 */
export function hostName({ plan, status }: Cluster, { name, ip }: Pick<HealthNode, 'name' | 'ip'>): string {
  const address = ip || addressIn(name);
  const known = [...(plan?.servers ?? []), ...(status?.nodes ?? [])];
  return known.find((server) => address !== null && server.ip === address)?.hostname || name;
}

/** Serf's names are the address with underscores, then the cluster's name (satellite.md 2): a node may have no tags. */
function addressIn(name: string): string | null {
  return /^\d+_\d+_\d+_\d+(?=\.)/.exec(name)?.[0].replaceAll('_', '.') ?? null;
}
