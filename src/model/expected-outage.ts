import type { Cluster } from '../protocol/cluster.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import type { Phase } from '../protocol/phase.ts';
import { type NodeRow, nodeRows } from './node-rows.ts';
import { phaseKind } from './phase-kinds.ts';

/**
 * What is bound to be dark for a while: these checkers on this one node, while this leaf is in progress, until its limit
 * (epoch ms). `silent`: the node may not answer at all. Narrow on purpose: a wrong "expected" hides a real failure.
 */
export type ExpectedOutage = {
  phase: string;
  node: string;
  what: string;
  checkers: readonly string[];
  silent: boolean;
  since: number;
  until: number;
};

/** The outages that are expected at `now` (epoch ms): none for a leaf that failed, or is past its limit. */
export function expectedOutages(cluster: Cluster, now: number): ExpectedOutage[] {
  const inProgress =
    cluster.plan?.phases.filter((phase) => phase.leaf && phase.state === 'in_progress') ?? [];
  if (inProgress.length === 0) return [];
  const rows = nodeRows(cluster);
  return inProgress.flatMap((leaf) => outageOf(cluster, leaf, rows)).filter((outage) => now <= outage.until);
}

/** Whether a failed probe (or with `checker` null a node that does not answer) is one of them. */
export function isExpected(
  outages: readonly ExpectedOutage[],
  failure: { node: string; checker: string | null },
): boolean {
  return outages.some(({ node, checkers, silent }) => {
    if (node !== failure.node) return false;
    return failure.checker === null ? silent : checkers.includes(failure.checker);
  });
}

function outageOf(cluster: Cluster, leaf: Phase, rows: readonly NodeRow[]): ExpectedOutage[] {
  const { dark, p90 } = phaseKind(leaf.kind);
  const began = cluster.passages[leaf.id]?.began ?? leaf.updated;
  const node = leaf.runsOn ?? leaf.node;
  if (dark === null || began === null || node === null) return [];
  const since = Date.parse(began);
  const row = rows.find((each) => each.name === node);
  const names = [node, ...(row?.serf ? [row.serf] : [])];
  const before = cluster.history.filter(
    (event) => event.node !== null && names.includes(event.node) && Date.parse(event.at) < since,
  );
  return [
    {
      phase: leaf.id,
      node,
      what: dark.what,
      checkers: dark.checkers.filter((checker) => !wasFailing(before, checker)),
      silent: dark.silent && !wasSilent(before),
      since,
      until: since + usualLimit(p90),
    },
  ];
}

/** Twice the usual, at least a minute more: the endpoint shows a failure up to a minute late (satellite.md 4). */
function usualLimit(p90: number): number {
  return Math.max(2 * p90, p90 + 60) * 1000;
}

/** What was wrong before the leaf began is not its doing. */
function wasFailing(before: readonly HistoryEvent[], checker: string): boolean {
  return before.findLast((event) => event.checker === checker)?.kind === 'probe.failed';
}

function wasSilent(before: readonly HistoryEvent[]): boolean {
  const last = before.findLast((event) => event.kind.startsWith('node.'))?.kind;
  return last === 'node.silent' || last === 'node.vanished';
}
