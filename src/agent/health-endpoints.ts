import type { Cluster } from '../protocol/cluster.ts';
import type { ProblemCode, Reading } from '../protocol/problem.ts';

/**
 * Where the health endpoint is and the files that open it; they rotate, so they are read at every poll. `others` is where
 * the endpoints of other masters are: by host name, or at their own addresses with the port of `url`.
 */
export type HealthEndpoint = {
  url: string;
  ca: string;
  cert: string;
  key: string;
  others?: { byAddress: boolean; urls: Readonly<Record<string, string>> };
};

export type OtherEndpoint = { node: string; url: string };

/** The endpoints of the masters but the one the agent stands on, in the order of the plan, else of status. */
export function otherEndpoints(cluster: Cluster, { url, others }: HealthEndpoint): OtherEndpoint[] {
  if (others === undefined) return [];
  const planned = (cluster.plan?.servers ?? []).map(({ hostname, ip, role }) => ({ hostname, ip, role }));
  const listed = (cluster.status?.nodes ?? []).map(({ hostname, ip, role }) => ({ hostname, ip, role }));
  const masters = (planned.length > 0 ? planned : listed).filter(({ role }) => role === 'master');
  const { node, ip: here } = cluster.place;
  return masters
    .filter(({ hostname, ip }) => hostname !== node && ip !== here)
    .flatMap(({ hostname, ip }) => {
      const given = others.urls[hostname] ?? others.urls[ip];
      const found = given ?? (others.byAddress ? atAddress(url, ip) : null);
      return found === null || found === url ? [] : [{ node: hostname, url: found }];
    });
}

/** The certificates of the masters name their addresses (satellite.md 1). */
function atAddress(url: string, ip: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || ip === '' || parsed.hostname === ip) return null;
  return `${parsed.protocol}//${ip}${parsed.port === '' ? '' : `:${parsed.port}`}`;
}

/** Whether another master may know what this endpoint does not tell: it is down, hangs, or has nothing of now. */
export function isWorthAskingAnother(reading: Reading<unknown>): boolean {
  if (!reading.ok) return elsewhere.has(reading.problem.code);
  return reading.remarks.includes('just-started') || reading.remarks.includes('stale');
}

const elsewhere: ReadonlySet<ProblemCode> = new Set([
  'health.refused',
  'health.hangs',
  'health.unreachable',
  'health.error',
  'health.worker-history',
]);
