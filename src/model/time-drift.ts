import type { Cluster } from '../protocol/cluster.ts';
import { hostName } from './host-name.ts';

/** Whose clock is off: `node` is a host name, null where the probes do not agree on one. */
export type Drift = { node: string | null; said: string };

/**
 * Which clock is wrong, from what the masters say of each other. Each master measures its own clock against all nodes, so
 * one wrong clock degrades every master that is right: the node that is in every failed pair is the one. Null where no
 * probe of time-drift fails.
 */
export function timeDrift(cluster: Cluster): Drift | null {
  const pairs = driftPairs(cluster);
  if (pairs.length === 0) return null;
  const named = [...new Set(pairs.flat())];
  const inAll = named.filter((ip) => pairs.every((pair) => pair.includes(ip)));
  const [only] = inAll.length === 1 ? inAll : peerOfOnePair(cluster, pairs);
  if (only === undefined)
    return { node: null, said: `the clocks of ${named.map((ip) => hostOf(cluster, ip)).join(', ')} differ` };
  const node = hostOf(cluster, only);
  const masters = new Set(pairs.map(([from]) => from).filter((from) => from !== only)).size;
  const said =
    masters === 0
      ? `it differs from ${pairs.length} others`
      : `${masters === 1 ? 'one master differs' : `${masters} masters differ`} from it alone`;
  return { node, said: `the clock of ${node} is wrong: ${said}` };
}

/** Who measured and whose clock differed, by address. */
function driftPairs({ health }: Cluster): [string, string][] {
  const failed = (health?.nodes ?? []).flatMap(({ probes }) =>
    probes.filter(({ checker, state }) => checker === 'time-drift' && state === 'failed'),
  );
  return failed.flatMap(({ text }): [string, string][] => {
    const [, from, to] = /between (\S+) and (\S+)/.exec(text) ?? [];
    return from === undefined || to === undefined ? [] : [[from, to]];
  });
}

/**
 * One master that differs from one node alone agrees with all others, so the clock of the other one is wrong; without a
 * third node, or when two name each other, nobody can tell.
 */
function peerOfOnePair({ health }: Cluster, pairs: readonly [string, string][]): string[] {
  const [pair] = pairs;
  if (pair === undefined || pairs.length !== 1) return [];
  const hasThird = health?.nodes.some(
    ({ ip, probes }) => ip !== null && !pair.includes(ip) && probes.length > 0,
  );
  return hasThird ? [pair[1]] : [];
}

function hostOf(cluster: Cluster, ip: string): string {
  const listed = cluster.health?.nodes.find((node) => node.ip === ip);
  return hostName(cluster, listed ?? { name: ip, ip });
}
