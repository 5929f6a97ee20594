import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { etcdMembers } from '../etcd-quorum.ts';
import { knownState, observedOf } from '../observed-plan.ts';
import { phaseKind, phaseKinds } from '../phase-kinds.ts';
import { allLeaves } from '../phase-tree.ts';
import type { Beginnings } from './began-at.ts';

/**
 * What is down because the plan itself stopped etcd and has not started it again: `nodes` null means on every node.
 * `phase` is the one that caused it on the node asked for: the one that stopped its member or the one that took the
 * quorum, whichever came first; `since` (epoch ms) when it began at the earliest. `noQuorum`: the cluster's API cannot answer.
 */
export type EtcdStopped = {
  nodes: ReadonlySet<string> | null;
  noQuorum: boolean;
  behind(node: string): { phase: string; since: number };
};

/** What depends on etcd: what the kinds that stop it make fail, and the pods the API tells of. */
export const standsOnEtcd: ReadonlySet<string> = new Set([
  ...Object.values(phaseKinds).flatMap(({ etcd, dark }) =>
    etcd?.execute === 'stops' ? (dark?.checkers ?? []) : [],
  ),
  'system-pods-checker',
]);

/** The plan's own stopping and starting of etcd over time. */
export type EtcdStops = {
  /** What was stopped at this instant (epoch ms); null when nothing was. */
  at(instant: number): EtcdStopped | null;
  /** When the plan last started a member again, null when it never did. */
  started: number | null;
};

/**
 * The etcd members that leaves had stopped by an instant and none had started since. Without a quorum the probes of
 * etcd and of the API server fail on every node until etcd is restarted (health.md 6.3), though for most of that time no
 * leaf is in progress there; and while the members return, until the last has. Nothing is stopped by the plan once a
 * leaf of etcd's own upgrade failed: from then on etcd is down because of that.
 */
export function etcdStops(cluster: Cluster, began: Beginnings): EtcdStops {
  const leaves = leavesOfEtcd(cluster);
  const members = etcdMembers(cluster).length;
  const failed = hasFailed(cluster);
  return {
    at: (instant) => (failed ? null : stoppedAt({ cluster, leaves, members, began }, instant)),
    started: startedLast(cluster, leaves),
  };
}

type Plan = { cluster: Cluster; leaves: readonly Phase[]; members: number; began: Beginnings };

function stoppedAt({ cluster, leaves, members, began }: Plan, at: number): EtcdStopped | null {
  const stopped = new Map<string, Stop>();
  const quorum = Math.floor(members / 2) + 1;
  let taker: Stop | null = null;
  let returning = false;
  for (const leaf of leaves) {
    const node = leaf.runsOn ?? leaf.node;
    if (node === null) continue;
    if (stops(leaf)) {
      const stop = stopOf(cluster, leaf, { at, began });
      if (stop === null) continue;
      stopped.set(node, stop);
      returning = false;
      if (members - stopped.size < quorum) taker ??= stop;
    } else if (startedBy(cluster, leaf, at)) returning = stopped.delete(node) || returning;
    if (stopped.size === 0) taker = null;
  }
  const [first] = stopped.values();
  if (first === undefined) return null;
  const noQuorum = members - stopped.size < quorum;
  return {
    noQuorum,
    nodes: returning || noQuorum ? null : new Set(stopped.keys()),
    behind: (node) => earliest(stopped.get(node) ?? null, taker) ?? first,
  };
}

function startedLast(cluster: Cluster, leaves: readonly Phase[]): number | null {
  const ends = leaves.flatMap((leaf) => {
    const ended = cluster.passages[leaf.id]?.ended ?? null;
    const { execute, rollback } = phaseKind(leaf.kind).etcd ?? {};
    const effect = leaf.state === 'completed' ? execute : leaf.state === 'rolled_back' ? rollback : null;
    return effect === 'starts' && ended !== null ? [Date.parse(ended)] : [];
  });
  return ends.length === 0 ? null : Math.max(...ends);
}

type Stop = { phase: string; since: number };

function leavesOfEtcd({ plan }: Cluster): Phase[] {
  const leaves = plan === null ? [] : allLeaves(plan);
  return leaves.filter(({ kind }) => ['stops', 'starts'].includes(phaseKind(kind).etcd?.execute ?? ''));
}

/** Any leaf that works on a stopped etcd, besides those that stop and start it. */
function hasFailed(cluster: Cluster): boolean {
  return (cluster.plan?.phases ?? []).some((phase) => {
    const { pastEtcd, dark } = phaseKind(phase.kind);
    return phase.leaf && pastEtcd && dark !== null && knownState(cluster, phase) === 'failed';
  });
}

function stops({ kind }: Phase): boolean {
  return phaseKind(kind).etcd?.execute === 'stops';
}

function earliest(one: Stop | null, other: Stop | null): Stop | null {
  if (one === null || other === null) return one ?? other;
  return one.since <= other.since ? one : other;
}

/** From its beginning on: the other nodes lose the quorum before gravity says that the leaf is done. */
function stopOf(
  cluster: Cluster,
  leaf: Phase,
  { at, began }: { at: number; began: Beginnings },
): Stop | null {
  const state = knownState(cluster, leaf);
  if (state !== 'completed' && state !== 'in_progress') return null;
  const observed = observedOf(cluster, leaf);
  const seen = observed?.way === 'execute' ? Date.parse(observed.since) : null;
  const since = seen ?? began.of(leaf) ?? at;
  return since > at ? null : { phase: leaf.id, since };
}

function startedBy(cluster: Cluster, leaf: Phase, at: number): boolean {
  const ended = Date.parse(cluster.passages[leaf.id]?.ended ?? leaf.updated ?? '');
  return knownState(cluster, leaf) === 'completed' && !(ended > at);
}
