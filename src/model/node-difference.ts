import type { Cluster } from '../protocol/cluster.ts';
import type { NodeState } from '../protocol/health.ts';
import { type BaselineNode, nodesNow } from './baseline.ts';

/** A version a node's probe told at the baseline and tells now; null where it told none. */
export type VersionChange = { probe: string; before: string | null; now: string | null };

/**
 * What became different on one node since the baseline. `fails`: what fails now and did not then, `recovered` the other
 * way round. Null for these and for `versions` is unknown: the node did not answer then, or does not now.
 */
export type NodeDifference = {
  node: string;
  state: { before: NodeState; now: NodeState };
  fails: string[] | null;
  recovered: string[] | null;
  versions: VersionChange[] | null;
};

/** Every node of the baseline or of now, in the order of names; null without a baseline or without health. */
export function nodeDifferences(cluster: Cluster): NodeDifference[] | null {
  const { baseline, health } = cluster;
  if (baseline === null || health === null) return null;
  const now = nodesNow(cluster);
  const names = new Set([...baseline.nodes, ...now].map(({ name }) => name));
  return [...names].sort().map((name) => {
    const of = (nodes: readonly BaselineNode[]) => nodes.find((node) => node.name === name) ?? absent(name);
    return difference(of(baseline.nodes), of(now));
  });
}

/** One node's difference in words: `etcd-version: 3.4.7 → 3.4.9`; none where nothing changed. */
export function differenceWords({ state, fails, recovered, versions }: NodeDifference): string[] {
  return [
    ...(state.before === state.now ? [] : [`${state.before} → ${state.now}`]),
    ...(fails ?? []).map((checker) => `${checker} fails, it did not before`),
    ...(recovered ?? []).map((checker) => `${checker} failed before, it does not now`),
    ...(versions ?? []).map(
      ({ probe, before, now }) => `${probe}: ${before ?? 'unknown'} → ${now ?? 'unknown'}`,
    ),
    ...(versions === null
      ? ['probes and versions cannot be compared: the node did not answer both times']
      : []),
  ];
}

function difference(before: BaselineNode, now: BaselineNode): NodeDifference {
  const state = { before: before.state, now: now.state };
  if (!answers(before) || !answers(now))
    return { node: now.name, state, fails: null, recovered: null, versions: null };
  return {
    node: now.name,
    state,
    fails: now.failed.filter((checker) => !before.failed.includes(checker)),
    recovered: before.failed.filter((checker) => !now.failed.includes(checker)),
    versions: versionChanges(before, now),
  };
}

function answers({ state }: BaselineNode): boolean {
  return state === 'healthy' || state === 'degraded';
}

function versionChanges(before: BaselineNode, now: BaselineNode): VersionChange[] {
  const probes = new Set([...Object.keys(before.versions), ...Object.keys(now.versions)]);
  return [...probes]
    .sort()
    .map((probe) => ({ probe, before: before.versions[probe] ?? null, now: now.versions[probe] ?? null }))
    .filter((change) => change.before !== change.now);
}

function absent(name: string): BaselineNode {
  return { name, state: 'unknown', failed: [], versions: {} };
}
