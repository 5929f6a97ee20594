import { type Fault, fault } from '../fault.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { type Obstacle, runsOn } from '../world.ts';
import type { Cluster, ClusterNode } from './cluster.ts';
import { podsHeldOn } from './pods.ts';

const MINUTE = 60_000;

/** What a phase of an executor cannot do without on the node it is about, and how long it waits (engine.md 10, 11). */
type Needs = {
  patienceMs: number;
  missing(cluster: Cluster, node: ClusterNode | undefined): Fault | null;
  /** What it prints at each look, where it prints anything. */
  says?(cluster: Cluster, node: ClusterNode | undefined): string;
};

const api: Needs = {
  patienceMs: 15 * MINUTE,
  missing: ({ world }) => (world.etcdAnswers() ? null : fault(ETCD_DARK)),
};

/** A pod that may not go holds the drain of the node it is on for as long as one may last (operations.md 2.3). */
const evictable: Needs = {
  patienceMs: 60 * MINUTE,
  missing: (cluster, node) => {
    const pod = node === undefined ? undefined : podsHeldOn(cluster, node)[0];
    return pod === undefined ? null : fault(`error evicting pod ${pod}: context deadline exceeded`);
  },
  says: (cluster, node) => {
    const [pod = ''] = node === undefined ? [] : podsHeldOn(cluster, node);
    return `\terror evicting pod ${pod} (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.`;
  },
};

const room: Needs = {
  patienceMs: 0,
  missing: (_, node) => (node !== undefined && node.diskPercent >= 99 ? fault(NO_SPACE) : null),
};

const health: Needs = {
  patienceMs: 5 * MINUTE,
  missing: (_, node) => (node !== undefined && isSick(node) ? fault('node is degraded') : null),
};

/** A master's new planet is not up before its etcd finds most of the others. */
const quorum: Needs = {
  patienceMs: 5 * MINUTE,
  missing: (cluster, node) =>
    node?.role === 'master' && !findsQuorum(cluster, node) ? fault(ETCD_DARK) : null,
};

const NEEDS: Readonly<Record<string, readonly Needs[]>> = {
  pre_update: [api],
  update_bootstrap_leader: [room, api],
  update_bootstrap: [room, api],
  coredns: [api],
  kubelet_permissions: [api],
  election_status: [api],
  elections: [api],
  drain_node: [api, evictable],
  drain: [api, evictable],
  update_system: [room, quorum],
  restart: [quorum],
  node_health: [health],
  taint_node: [api],
  taint: [api],
  uncordon_node: [api],
  uncordon: [api],
  untaint_node: [api],
  untaint: [api],
  endpoints: [api],
  etcd_restart_gravity: [api],
  config: [api],
  update_app: [api],
  labels: [api],
};

const ETCD_DARK =
  'client: etcd cluster is unavailable or misconfigured; error #0: dial tcp 127.0.0.1:2379: connect: connection refused';
const NO_SPACE = 'write /var/lib/gravity/local/packages/blobs: no space left on device';

/** What stands in the way of a phase's work, if anything does. */
export function obstacleOf(cluster: Cluster, phase: PhaseDocument): Obstacle | null {
  const runs = cluster.nodes.get(runsOn(phase)?.hostname ?? '');
  const about = cluster.nodes.get(phase.data?.server?.hostname ?? '') ?? runs;
  for (const needs of NEEDS[phase.executor] ?? []) {
    const node = needs === evictable ? about : runs;
    const found = needs.missing(cluster, node);
    if (found === null) continue;
    const says = needs.says?.(cluster, node);
    return { fault: found, patienceMs: needs.patienceMs, ...(says === undefined ? {} : { says }) };
  }
  return null;
}

/** Sick for good, not because it has just been started. */
function isSick({ probes, diskPercent }: ClusterNode): boolean {
  const counts = [...probes.values()].some(
    ({ status, severity }) => status === 'failed' && severity !== 'warning',
  );
  return counts || diskPercent >= 90;
}

function findsQuorum({ nodes, etcdDown }: Cluster, { server }: ClusterNode): boolean {
  const masters = [...nodes.values()].filter(({ role }) => role === 'master');
  const others = masters.filter(
    (one) => one.server.hostname !== server.hostname && one.up && !one.etcdStopped,
  );
  return !etcdDown && (others.length + 1) * 2 > masters.length;
}
