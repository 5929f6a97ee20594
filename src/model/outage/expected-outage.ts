import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { eventNode } from '../event-node.ts';
import { failingKey } from '../failing-since.ts';
import { hostName } from '../host-name.ts';
import { phaseKind } from '../phase-kinds.ts';
import { readingAt } from '../reading-at.ts';
import { beganAtEarliest } from './began-at.ts';
import { outageLimit } from './outage-limit.ts';

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

/**
 * The outages that are expected at `now` (epoch ms): none for a leaf that failed, or is past its limit. A leaf that has
 * completed was still in progress in a reading collected before that, which is all there is until the next.
 */
export function expectedOutages(cluster: Cluster, now: number): ExpectedOutage[] {
  const read = readingAt(cluster);
  const leaves = cluster.plan?.phases.filter(
    (phase) => phase.leaf && (phase.state === 'in_progress' || endedSince(cluster, phase, read)),
  );
  return (leaves ?? []).flatMap((leaf) => outageOf(cluster, leaf)).filter((outage) => now <= outage.until);
}

function endedSince({ passages }: Cluster, { id, state }: Phase, read: number | null): boolean {
  const ended = passages[id]?.ended ?? null;
  return state === 'completed' && read !== null && ended !== null && Date.parse(ended) > read;
}

/** The outage a failed probe (or with `checker` null a node that does not answer) is part of; null when it is of none. */
export function outageBehind(
  outages: readonly ExpectedOutage[],
  failure: { node: string; checker: string | null },
): ExpectedOutage | null {
  const behind = outages.find(({ node, checkers, silent }) => {
    if (node !== failure.node) return false;
    return failure.checker === null ? silent : checkers.includes(failure.checker);
  });
  return behind ?? null;
}

/**
 * Whether the checker (or with null the node itself) was wrong on this node before `since` (epoch ms): what was wrong
 * before a leaf began is not its doing.
 */
export function wasWrong(
  cluster: Cluster,
  { node, since, checker }: { node: string; since: number; checker: string | null },
): boolean {
  return failsSince(cluster, { node, checker }) < since || wasWrongBefore(cluster, { node, since, checker });
}

/**
 * Since when (epoch ms) what fails now does, never where it does not, by the readings of the endpoint: they are there at
 * once, its timeline may be minutes late.
 */
export function failsSince(
  cluster: Cluster,
  { node, checker }: { node: string; checker: string | null },
): number {
  const named = cluster.health?.nodes.find((each) => hostName(cluster, each) === node);
  const since = named && cluster.failing[failingKey(named.name, checker)];
  return since === undefined ? Number.POSITIVE_INFINITY : Date.parse(since);
}

function wasWrongBefore(
  cluster: Cluster,
  { node, since, checker }: { node: string; since: number; checker: string | null },
): boolean {
  const last = cluster.history.findLast(
    (event) =>
      Date.parse(event.at) < since &&
      (checker === null ? event.kind.startsWith('node.') : event.checker === checker) &&
      eventNode(cluster, event.node) === node,
  );
  if (checker !== null) return last?.kind === 'probe.failed';
  return last?.kind === 'node.silent' || last?.kind === 'node.vanished';
}

function outageOf(cluster: Cluster, leaf: Phase): ExpectedOutage[] {
  const { dark, p90 } = phaseKind(leaf.kind);
  const since = beganAtEarliest(cluster, leaf);
  const node = leaf.runsOn ?? leaf.node;
  if (dark === null || since === null || node === null) return [];
  const wasFailing = (checker: string | null) => wasWrong(cluster, { node, since, checker });
  return [
    {
      phase: leaf.id,
      node,
      what: dark.what,
      checkers: dark.checkers.filter((checker) => !wasFailing(checker)),
      silent: dark.silent && !wasFailing(null),
      since,
      until: since + outageLimit(p90),
    },
  ];
}
