import type { Autopilot } from '../protocol/autopilot.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { healthKnowledge, isCurrent } from './health-age.ts';
import { nodeExpectation } from './node-expectation.ts';
import { nodeRows } from './node-rows.ts';
import { knownState } from './observed-plan.ts';
import type { Outages } from './outage/outages.ts';

/** What calls for an operator, the most urgent first. */
export const attentionCodes = ['phase.failed', 'node.unexpected', 'autopilot.paused'] as const;
export type AttentionCode = (typeof attentionCodes)[number];

/** One thing that calls: its subject is a phase's id, a node's name, or where the autopilot is paused. */
export type Attention = { code: AttentionCode; subject: string };

type Known = { cluster: Cluster; outages: Pick<Outages, 'causeOf'>; now: number };

/** How each kind is found. `isRead`: whether its absence means that it is over, and not that nobody knows yet. */
const kinds: Record<
  AttentionCode,
  { find(known: Known): string[]; isRead(known: Omit<Known, 'outages'>): boolean }
> = {
  'phase.failed': { find: failedPhases, isRead: ({ cluster }) => cluster.plan !== null },
  'node.unexpected': {
    find: unexpectedNodes,
    isRead: ({ cluster, now }) => healthKnowledge(cluster, now).is === 'fresh',
  },
  'autopilot.paused': {
    find: ({ cluster: { autopilot } }) => (autopilot?.state === 'paused' ? [pausedAt(autopilot)] : []),
    isRead: () => true,
  },
};

/**
 * Everything that calls for an operator at `now` (epoch ms): failed phases, those known beyond the plan too, nodes whose
 * outage no phase explains, a paused autopilot. What is expected is never among it.
 */
export function attention(known: Known): Attention[] {
  return attentionCodes.flatMap((code) =>
    kinds[code].find(known).map((subject): Attention => ({ code, subject })),
  );
}

/** Of what called before, what still counts as known: a source that was not read, or is in doubt, ends nothing. */
export function stillKnown(known: Pick<Known, 'cluster' | 'now'>, before: readonly Attention[]): Attention[] {
  return before.filter(({ code }) => !kinds[code].isRead(known));
}

function failedPhases({ cluster }: Known): string[] {
  const leaves = cluster.plan?.phases.filter(({ leaf }) => leaf) ?? [];
  return leaves.filter((leaf) => knownState(cluster, leaf) === 'failed').map(({ id }) => id);
}

function unexpectedNodes({ cluster, outages, now }: Known): string[] {
  const expectation = nodeExpectation(outages, now);
  return nodeRows(cluster)
    .filter((row) => isCurrent(row, cluster, now) && expectation(row)?.phase === null)
    .map(({ name }) => name);
}

/** `before /masters/master-3 (breakpoint)`, `(failure)` where no phase is named. */
function pausedAt({ phase, hold }: Autopilot): string {
  const why = `(${hold ?? 'paused'})`;
  return phase === null ? why : `before ${phase} ${why}`;
}
