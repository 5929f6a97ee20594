import { drivingBinary } from '../model/driving-binary.ts';
import { etcdOutlook } from '../model/etcd-quorum.ts';
import { phaseKind } from '../model/phase-kinds.ts';
import type { PlanIndex } from '../model/phase-tree.ts';
import { standing } from '../model/place.ts';
import { reachOf } from '../model/reach.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Facts } from './row.ts';

/** The impact of something that touches no node. */
export function noImpact(said: Partial<Impact> = {}): Impact {
  return {
    about: null,
    runsOn: null,
    leaves: [],
    skips: [],
    versions: null,
    pods: null,
    podsAsked: false,
    etcd: null,
    dark: [],
    irreversible: [],
    warnings: [],
    undo: null,
    ...said,
  };
}

export type LeavesTouched = {
  cluster: Cluster;
  facts: Facts;
  index: PlanIndex;
  /** In the order they will run. */
  leaves: readonly string[];
  way: 'execute' | 'rollback';
};

/** What executing or rolling back leaves means for nodes, pods, etcd and versions. */
export function leavesImpact(touched: LeavesTouched, said: Partial<Impact> = {}): Impact {
  const { cluster, facts, index, way } = touched;
  const leaves = touched.leaves.flatMap((id) => index.byId.get(id) ?? []);
  const kinds = leaves.map((leaf) => phaseKind(leaf.kind));
  const versions = cluster.plan?.operation.versions ?? null;
  const etcd = etcdOutlook(cluster, leaves, way);
  const about = only(leaves.map((leaf) => leaf.node));
  return noImpact({
    about,
    runsOn: only(leaves.map((leaf) => leaf.runsOn ?? standing(cluster).here)),
    leaves: leaves.map((leaf) => leaf.id),
    versions: versions && { from: versions.from, to: versions.to },
    pods: facts.pods,
    podsAsked: way === 'execute' && about !== null && kinds.some((kind) => kind.movesPods),
    etcd,
    dark: unique(leaves.flatMap((leaf) => darkWords(leaf))),
    irreversible: way === 'execute' ? executedForGood(leaves) : rolledBackForGood(leaves),
    undo: undoWords(leaves, way),
    ...said,
    warnings: [...(said.warnings ?? []), ...commonWarnings(touched, leaves, etcd)],
  });
}

/** The one value all of them have, null when they differ or there is none. */
function only(values: readonly (string | null)[]): string | null {
  const [first = null, ...others] = unique(values);
  return others.length === 0 ? first : null;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function darkWords(leaf: Phase): string[] {
  const { dark } = phaseKind(leaf.kind);
  const node = leaf.runsOn ?? leaf.node;
  if (dark === null || node === null) return [];
  return [`${dark.what} on ${node}${dark.silent ? ', which may not answer' : ''}`];
}

function executedForGood(leaves: readonly Phase[]): string[] {
  return unique(leaves.flatMap((leaf) => phaseKind(leaf.kind).irreversible ?? []));
}

function rolledBackForGood(leaves: readonly Phase[]): string[] {
  const pastEtcd = leaves.some((leaf) => phaseKind(leaf.kind).pastEtcd);
  return pastEtcd ? ['etcd goes back to its backup: what was written since is lost'] : [];
}

function undoWords(leaves: readonly Phase[], way: 'execute' | 'rollback'): string | null {
  if (leaves.length === 0) return null;
  if (way === 'rollback') return 'execute it again';
  const [leaf] = leaves;
  if (leaf && leaves.length === 1) {
    const { undoes } = phaseKind(leaf.kind);
    return undoes === null ? 'rolling it back does nothing' : `roll it back: it ${undoes}`;
  }
  const undoable = leaves.filter((each) => phaseKind(each.kind).undoes !== null).length;
  return `roll back its leaves in reverse; ${undoable} of ${leaves.length} have a rollback that does something`;
}

function commonWarnings(
  { cluster, facts }: LeavesTouched,
  leaves: readonly Phase[],
  etcd: Impact['etcd'],
): string[] {
  return [...quorumWarnings(etcd), ...agentWarnings(cluster, facts, leaves), ...standingWarnings(cluster)];
}

function quorumWarnings(etcd: Impact['etcd']): string[] {
  if (etcd === null || etcd.during >= etcd.quorum) return [];
  return [
    `etcd loses its quorum: ${etcd.during} of ${etcd.members} members, ${etcd.quorum} needed; the cluster API goes away`,
  ];
}

function agentWarnings(cluster: Cluster, facts: Facts, leaves: readonly Phase[]): string[] {
  const reach = reachOf(cluster, facts.agents);
  const missing = leaves.filter((leaf) => !reach.isLocal(leaf) && reach.hasNoAgent(leaf));
  return unique(missing.map((leaf) => leaf.runsOn)).map((node) => `no update agent answers on ${node}`);
}

/** What the agent does not know or could not read, said rather than left out. */
export function standingWarnings(cluster: Cluster): string[] {
  const warnings: string[] = [];
  const { isLead, lead } = standing(cluster);
  if (isLead === null && lead) {
    warnings.push(`node unknown: gravity refuses what must be driven from ${lead.hostname}`);
  }
  if (cluster.sources.plan.state === 'failing') {
    warnings.push(`the plan could not be read again; its states are of ${cluster.sources.plan.lastGood}`);
  }
  const { binary } = drivingBinary(cluster);
  if (binary?.version === null) warnings.push(`the version of ${binary.path} is unknown`);
  return warnings;
}
