import type { Cluster, Passage } from '../protocol/cluster.ts';
import type { DurationSample } from '../protocol/learned.ts';
import type { Phase } from '../protocol/phase.ts';
import { likenesses } from './likeness.ts';

/**
 * What the completed leaves of the plan took: between the readings that saw a leaf begin and end. A leaf shorter than
 * the pause between two readings is seen completed and never in progress; what it took is read off gravity's own stamps
 * where they can be trusted (`betweenStamps`), else nothing is learned from it.
 */
export function durationSamples({ plan, passages }: Pick<Cluster, 'plan' | 'passages'>): DurationSample[] {
  if (plan === null) return [];
  const like = likenesses(plan);
  const parallel = new Set(plan.phases.filter((phase) => phase.parallel).map(({ id }) => id));
  const samples: DurationSample[] = [];
  let before: Phase | null = null;
  for (const leaf of plan.phases) {
    if (!leaf.leaf) continue;
    const pair = { before, leaf, passages };
    const ms = betweenReadings(leaf, passages[leaf.id]) ?? betweenStamps(pair, parallel);
    if (ms !== null)
      samples.push({ operation: plan.operation.id, phase: leaf.id, ...like(leaf), ms: Math.max(0, ms) });
    before = leaf;
  }
  return samples;
}

function betweenReadings({ state }: Phase, passage: Passage | undefined): number | null {
  const { began = null, ended = null } = passage ?? {};
  return state !== 'completed' || began === null || ended === null
    ? null
    : Date.parse(ended) - Date.parse(began);
}

/** No leaf that lasts longer than the pause between two readings stays unseen; the 63-node plan is read every 6 s. */
const unseenMost = 10_000;

type Pair = { before: Phase | null; leaf: Phase; passages: Cluster['passages'] };

/**
 * From the end of the leaf before to the end of this one, by gravity's `updated`. Trusted only where one clock wrote both
 * (they ran on one node), where one doer did both (a run of ours, or somebody else's whole drive) so that nobody thought
 * in between, where they ran one after the other, and where the answer could have stayed unseen: who steps by hand
 * leaves longer gaps.
 */
function betweenStamps({ before, leaf, passages }: Pair, parallel: ReadonlySet<string>): number | null {
  const [first, second] = [passages[before?.id ?? ''], passages[leaf.id]];
  if (before === null || first === undefined || second === undefined) return null;
  if (leaf.state !== 'completed' || before.state !== 'completed') return null;
  if (before.runsOn !== leaf.runsOn || first.by !== second.by || second.began !== null) return null;
  if (parallel.has(leaf.parent ?? '') || before.updated === null || leaf.updated === null) return null;
  const ms = Date.parse(leaf.updated) - Date.parse(before.updated);
  return ms >= 0 && ms <= unseenMost ? ms : null;
}
