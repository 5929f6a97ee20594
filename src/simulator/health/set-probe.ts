import type { Cluster, ClusterNode, Probe } from '../cluster/cluster.ts';
import { failedProbe } from './failed-probe.ts';
import type { HealthAgent } from './health-agent.ts';

/** What an agent says of a checker that gave no result within its 20 s (recordings/satellite/flight). */
export function hungProbe(checker: string): Probe {
  const error = 'checker does not comply with specified context, potential goroutine leak';
  return { checker, status: 'failed', error, severity: 'critical' };
}

export function isHungProbe({ error }: Probe): boolean {
  return error?.startsWith('checker does not comply') ?? false;
}

/** The checkers that run on one role only (satellite.md 7). */
const ROLE_OF: Readonly<Record<string, 'master' | 'node'>> = {
  'kube-apiserver': 'master',
  'docker-registry': 'master',
  'ping-checker': 'master',
  'time-drift': 'master',
  'system-pods-checker': 'master',
  kubelet: 'node',
};

/** Whether the agent of a node of this role has the checker at all. */
export function runsOn(checker: string, role: 'master' | 'node'): boolean {
  return (ROLE_OF[checker] ?? role) === role;
}

/**
 * The failed probe that somebody asks for: what `about` names is put where the checker names it (a peer, a pod, a
 * condition, a unit); any other text is the error. `key`: one checker may fail about several things at once.
 */
export function askedProbe(
  cluster: Cluster,
  node: ClusterNode,
  { checker, about }: { checker: string; about?: string },
): { key: string; probe: Probe } {
  if (checker === 'versions') return { key: checker, probe: hungProbe(checker) };
  const probe = failedProbe(checker, about);
  const named = ABOUT[checker]?.({ cluster, node, about }) ?? null;
  if (named === null) return { key: checker, probe };
  const { subject, ...words } = named;
  return { key: `${checker} ${subject}`, probe: { ...failedProbe(checker), ...words } };
}

/** Forgets the failed probes of a checker: that about one thing, or all. */
export function clearProbes(node: ClusterNode, checker: string, about: string | undefined): void {
  for (const [key, probe] of node.probes)
    if (probe.checker === checker && (about === undefined || key === `${checker} ${about}`))
      node.probes.delete(key);
}

/** The measured value of a failed probe moves from round to round, as on real nodes. */
export function movedProbe(probe: Probe, rounds: number): Probe {
  const error = probe.error?.replace(/\bat (\d+)(%|ms)$/, (_, value: string, unit: string) => {
    const moved = Number(value) + (rounds % 4);
    return `at ${unit === '%' ? Math.min(100, moved) : moved}${unit}`;
  });
  return error === undefined ? probe : { ...probe, error };
}

type Asked = { cluster: Cluster; node: ClusterNode; about: string | undefined };
type Named = { subject: string; detail: string; error?: string };

const ABOUT: Readonly<Record<string, (asked: Asked) => Named | null>> = {
  'nethealth-checker': (asked) =>
    aboutPeer(
      asked,
      ({ server }) =>
        `overlay packet loss for node ${server.advertise_ip} is higher than the allowed threshold of 20%`,
    ),
  'ping-checker': (asked) =>
    aboutPeer(
      asked,
      (peer) =>
        `ping between ${agentOf(asked, asked.node)?.name} and ${agentOf(asked, peer)?.name} is higher than the allowed threshold of 15ms`,
    ),
  'system-pods-checker': ({ about }) =>
    about !== undefined && /^[\w-]+\/[\w.-]+$/.test(about)
      ? { subject: about, detail: `pod ${about} is not running` }
      : null,
  'node-status': ({ about }) =>
    about !== undefined && /^[A-Z]\w+$/.test(about)
      ? { subject: about, detail: `${about}/Kubelet${about}`, error: `kubelet has ${about}` }
      : null,
  systemd: ({ about }) =>
    about !== undefined && /^[\w@.-]+\.\w+$/.test(about)
      ? { subject: about, detail: about, error: 'failed' }
      : null,
};

/** The peer that is named, or the next node of the cluster. */
function aboutPeer(asked: Asked, detail: (peer: ClusterNode) => string): Named | null {
  const { cluster, node, about } = asked;
  const peers = [...cluster.nodes.values()].filter((each) => each !== node);
  const peer =
    about === undefined
      ? peers[0]
      : peers.find(({ server }) => server.hostname === about || server.advertise_ip === about);
  return peer === undefined ? null : { subject: peer.server.hostname, detail: detail(peer) };
}

function agentOf({ cluster }: Asked, { server }: ClusterNode): HealthAgent | undefined {
  return cluster.agents.get(server.hostname);
}
