import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { etcdMembers } from '../etcd-quorum.ts';
import { phaseKind, phaseKinds } from '../phase-kinds.ts';
import { allLeaves } from '../phase-tree.ts';
import { beganAtEarliest } from './began-at.ts';

/**
 * What is dark because the plan itself stopped etcd and has not started it again: `nodes` null means on every node.
 * `phase` is the leaf whose doing that is on the node asked for: the one that stopped its member or the one that took the
 * quorum, whichever came first; `since` (epoch ms) when it began at the earliest. `noQuorum`: the cluster's API cannot answer.
 */
export type EtcdStopped = {
  nodes: ReadonlySet<string> | null;
  noQuorum: boolean;
  behind(node: string): { phase: string; since: number };
};

/** What stands on etcd: what the kinds that stop it darken, and the pods the API tells of. */
export const standsOnEtcd: ReadonlySet<string> = new Set([
  ...Object.values(phaseKinds).flatMap(({ etcd, dark }) =>
    etcd?.execute === 'stops' ? (dark?.checkers ?? []) : [],
  ),
  'system-pods-checker',
]);

/**
 * The etcd members that leaves had stopped by `at` (epoch ms) and none had started since. Without a quorum the probes of
 * etcd and of the API server fail on every node until etcd is restarted (health.md 6.3), though for most of that time no
 * leaf is in progress there; and while the members return, until the last has. Null when nothing is stopped, or when a
 * leaf of etcd's own upgrade failed: from then on etcd is down because of that.
 */
export function etcdStopped(cluster: Cluster, at: number): EtcdStopped | null {
  const stopped = new Map<string, Stop>();
  const members = etcdMembers(cluster).length;
  const quorum = Math.floor(members / 2) + 1;
  let taker: Stop | null = null;
  let returning = false;
  if (hasFailed(cluster)) return null;
  for (const leaf of leavesOfEtcd(cluster)) {
    const node = leaf.runsOn ?? leaf.node;
    if (node === null) continue;
    if (stops(leaf)) {
      const stop = stopOf(cluster, leaf, at);
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

/** When the plan last started an etcd member again (epoch ms), null when it never did: the endpoint is up to a minute late. */
export function etcdStarted(cluster: Cluster): number | null {
  const ends = leavesOfEtcd(cluster).flatMap((leaf) => {
    const ended = cluster.passages[leaf.id]?.ended ?? null;
    return !stops(leaf) && leaf.state === 'completed' && ended !== null ? [Date.parse(ended)] : [];
  });
  return ends.length === 0 ? null : Math.max(...ends);
}

type Stop = { phase: string; since: number };

function leavesOfEtcd({ plan }: Cluster): Phase[] {
  const leaves = plan === null ? [] : allLeaves(plan);
  return leaves.filter(({ kind }) => ['stops', 'starts'].includes(phaseKind(kind).etcd?.execute ?? ''));
}

/** Any leaf that works on a stopped etcd, besides those that stop and start it. */
function hasFailed({ plan }: Cluster): boolean {
  return (plan?.phases ?? []).some(({ leaf, state, kind }) => {
    const { pastEtcd, dark } = phaseKind(kind);
    return leaf && state === 'failed' && pastEtcd && dark !== null;
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
function stopOf(cluster: Cluster, leaf: Phase, at: number): Stop | null {
  if (leaf.state !== 'completed' && leaf.state !== 'in_progress') return null;
  const since = beganAtEarliest(cluster, leaf) ?? at;
  return since > at ? null : { phase: leaf.id, since };
}

function startedBy({ passages }: Cluster, { id, state, updated }: Phase, at: number): boolean {
  const ended = Date.parse(passages[id]?.ended ?? updated ?? '');
  return state === 'completed' && !(ended > at);
}
