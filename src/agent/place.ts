import type { Cluster } from '../protocol/cluster.ts';
import type { Place } from '../protocol/place.ts';

type Known = { hostname: string; ip: string };

/**
 * Where the agent stands: on `option` (`--node NAME|IP`), else on the server whose address is on one of this machine's
 * interfaces, else unknown. A name the cluster does not know yet is taken at its word.
 */
export function findPlace(
  cluster: Cluster,
  own: { option: string | null; addresses: readonly string[] },
): Place {
  const servers = serversOf(cluster);
  if (own.option !== null) return named(servers, own.option);
  const here = servers.find(({ ip }) => own.addresses.includes(ip));
  return here === undefined
    ? { node: null, ip: null, by: 'unknown' }
    : { node: here.hostname, ip: here.ip, by: 'interface' };
}

function named(servers: readonly Known[], option: string): Place {
  const server = servers.find(({ hostname, ip }) => hostname === option || ip === option);
  if (server !== undefined) return { node: server.hostname, ip: server.ip, by: 'option' };
  const isAddress = /^[\d.]+$|:/.test(option);
  return { node: isAddress ? null : option, ip: isAddress ? option : null, by: 'option' };
}

function serversOf({ plan, status }: Cluster): Known[] {
  return [...(plan?.servers ?? []), ...(status?.nodes ?? [])];
}
