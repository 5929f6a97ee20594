import { aboutDuration } from '../model/about-duration.ts';
import { ageOf } from '../model/age.ts';
import { etcdOutlook } from '../model/etcd-quorum.ts';
import { phaseKind } from '../model/phase-kinds.ts';
import { leavesOf, type PlanIndex } from '../model/phase-tree.ts';
import { standing } from '../model/place.ts';
import { type Way, wayTimes, wholeTime } from '../model/way-time.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact, LeafImpact } from '../protocol/judgement.ts';
import type { Phase } from '../protocol/phase.ts';
import { leafAlarms, leafWarnings } from './impact-warnings.ts';
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
  way: Way;
};

/** What executing or rolling back leaves means for nodes, pods, etcd and versions, and how long it takes. */
export function leavesImpact(touched: LeavesTouched, said: Partial<Impact> = {}): Impact {
  const { cluster, facts, index, way } = touched;
  const leaves = touched.leaves.flatMap((id) => index.byId.get(id) ?? []);
  const kinds = leaves.map((leaf) => phaseKind(leaf.kind));
  const timeOf = wayTimes(cluster);
  // What was last read of health longer ago tells nothing of now.
  const etcd = ageOf(cluster.sources.health, facts.now).stale ? null : etcdOutlook(cluster, leaves, way);
  const about = only(leaves.map((leaf) => leaf.node));
  return noImpact({
    about,
    runsOn: only(leaves.map((leaf) => leaf.runsOn ?? standing(cluster).here)),
    leaves: leaves.map((leaf) => leaf.id),
    versions: clusterVersions(touched, leaves),
    pods: facts.pods,
    podsAsked: way === 'execute' && about !== null && kinds.some((kind) => kind.movesPods),
    etcd,
    dark: unique(leaves.flatMap((leaf) => darkWords(leaf))),
    irreversible: way === 'execute' ? executedForGood(leaves) : rolledBackForGood(leaves),
    undo: undoWords(leaves, way, timeOf),
    each: leaves.map((leaf) => leafImpact(leaf, { way, takes: timeOf(leaf, way).p50 })),
    skipped: (said.skips ?? []).flatMap((id) => skipWords(index, id) ?? []),
    nodeVersions: nodeVersions(leaves, way),
    takes: wholeTime(leaves.map((leaf) => timeOf(leaf, way))),
    alarms: leafAlarms(touched, leaves),
    ...said,
    warnings: [...(said.warnings ?? []), ...leafWarnings(touched, leaves, etcd)],
  });
}

/** Where the leaf of the cluster's own application is among them: `/app/shop` (recordings/plans/fresh-3m2w.json). */
function clusterVersions({ cluster, way }: LeavesTouched, leaves: readonly Phase[]): Impact['versions'] {
  const versions = cluster.plan?.operation.versions ?? null;
  if (versions === null) return null;
  const { app, from, to } = versions;
  if (!leaves.some(({ id, kind }) => phaseKind(kind).changes === 'cluster' && id.endsWith(`/${app}`)))
    return null;
  return way === 'execute' ? { from, to } : { from: to, to: from };
}

function leafImpact(leaf: Phase, { way, takes }: { way: Way; takes: number }): LeafImpact {
  const { does, undoes } = phaseKind(leaf.kind);
  const { id, node: about, runsOn } = leaf;
  return { leaf: id, about, runsOn, does: way === 'execute' ? does : undoes, takes };
}

type NodeVersion = { node: string; from: string; to: string };

/**
 * Once for every node whose system software these leaves change, from before the first to after the last of them. Other
 * leaves carry the same data and change nothing (`/init`, `/bootstrap`: recordings/plans/fresh-3m2w.json).
 */
function nodeVersions(leaves: readonly Phase[], way: Way): NodeVersion[] {
  const found = new Map<string, NodeVersion>();
  for (const { kind, node, versions } of leaves) {
    if (phaseKind(kind).changes !== 'node' || node === null || versions === undefined) continue;
    const [from, to] = way === 'execute' ? [versions.from, versions.to] : [versions.to, versions.from];
    found.set(node, { node, from: found.get(node)?.from ?? from, to });
  }
  return [...found.values()];
}

/** What it means that a phase is not done; nothing of one that is. */
function skipWords(index: PlanIndex, id: string): string | null {
  const phase = index.byId.get(id);
  if (phase === undefined || phase.state === 'completed' || phase.state === 'rolled_back') return null;
  const means = phase.leaf ? phaseKind(phase.kind).skipped : undone(index, id);
  return `${id}, ${phase.state === 'unstarted' ? 'not run' : `not completed (${phase.state})`}${means === null ? '' : `: ${means}`}`;
}

function undone(index: PlanIndex, id: string): string {
  const leaves = leavesOf(index, id);
  const left = leaves.filter(({ state }) => state !== 'completed').length;
  return `${left} of its ${leaves.length} leaves`;
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

function undoWords(leaves: readonly Phase[], way: Way, timeOf: ReturnType<typeof wayTimes>): string | null {
  const [leaf] = leaves;
  if (leaf === undefined) return null;
  const back = way === 'execute' ? 'rollback' : 'execute';
  const whole = wholeTime(leaves.map((each) => timeOf(each, back)));
  const time = whole === null ? '' : ` (${aboutDuration(whole.p50)})`;
  if (way === 'rollback') return `execute ${leaves.length === 1 ? 'it' : 'them'} again${time}`;
  if (leaves.length === 1) {
    const { undoes } = phaseKind(leaf.kind);
    return undoes === null ? 'rolling it back does nothing' : `roll it back: it ${undoes}${time}`;
  }
  const undoable = leaves.filter((each) => phaseKind(each.kind).undoes !== null).length;
  return `roll back to before ${leaf.id}: ${undoable} of ${leaves.length} leaves have a rollback that does something${time}`;
}
