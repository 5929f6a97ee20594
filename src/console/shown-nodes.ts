import type { Cluster } from '../protocol/cluster.ts';
import type { Probe } from '../protocol/health.ts';

/** A node as the console shows it: what status, health and the plan's servers say of it, put together by address. */
export type ShownNode = {
  name: string;
  ip: string;
  role: string | null;
  profile: string | null;
  state: 'healthy' | 'degraded' | 'offline' | 'unknown';
  probes: readonly Probe[] | null;
  failed: readonly string[];
  warnings: readonly string[];
  access: string | null;
};

/** Every node any source names, in the plan's order, then status's, then health's. */
export function nodesOf(cluster: Cluster): ShownNode[] {
  const { plan, status, health } = cluster;
  const addresses = [
    ...(plan?.servers ?? []).map((server) => server.ip),
    ...(status?.nodes ?? []).map((node) => node.ip),
    ...(health?.nodes ?? []).map((node) => node.ip ?? node.name),
  ];
  return [...new Set(addresses)].map((ip) => nodeAt(cluster, ip));
}

function nodeAt(cluster: Cluster, ip: string): ShownNode {
  const { plan, status, health } = cluster;
  const server = plan?.servers.find((one) => one.ip === ip);
  const told = status?.nodes?.find((one) => one.ip === ip);
  const seen = health?.nodes.find((one) => (one.ip ?? one.name) === ip);
  const probes = seen?.probes ?? null;
  const failing = probes?.filter((probe) => probe.state === 'failed') ?? [];
  return {
    name: server?.hostname ?? told?.hostname ?? seen?.name ?? ip,
    ip,
    role: server?.role ?? told?.role ?? seen?.role ?? null,
    profile: server?.profile ?? told?.profile ?? null,
    state: seen?.state ?? told?.state ?? 'unknown',
    probes,
    failed:
      failing.length > 0
        ? failing.filter((probe) => probe.severity !== 'warning').map(textOf)
        : (told?.failed ?? []),
    warnings:
      failing.length > 0
        ? failing.filter((probe) => probe.severity === 'warning').map(textOf)
        : (told?.warnings ?? []),
    access: told?.access ?? null,
  };
}

function textOf(probe: Probe): string {
  return probe.text === ''
    ? probe.checker
    : probe.text.includes(probe.checker)
      ? probe.text
      : `${probe.checker}: ${probe.text}`;
}
