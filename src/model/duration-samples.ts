import type { Cluster, Passage } from '../protocol/cluster.ts';
import type { DurationSample } from '../protocol/learned.ts';
import type { Phase } from '../protocol/phase.ts';
import { likenesses } from './likeness.ts';

/**
 * What the completed leaves of the plan took: by gravity's own stamps where they can be trusted (`betweenStamps`), else
 * between the readings that saw a leaf begin and end. Only the stamps know what a leaf shorter than the pause between two
 * readings took: it is seldom seen in progress, and when it is, it seems to last the whole pause.
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
    const ms = betweenStamps(pair, parallel) ?? betweenReadings(leaf, passages[leaf.id]);
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

/** Longer than this a leaf is well seen by the readings: the 63-node plan is read every 6 s. */
const shortMost = 10_000;

type Pair = { before: Phase | null; leaf: Phase; passages: Cluster['passages'] };

/**
 * From the end of the leaf before to the end of this one, by gravity's `updated`. The last stamp of a completed leaf is
 * the coordinator's, wherever it ran (engine-observed 2, rule 9), unless that node's clock is ahead: then one leaf seems
 * longer and the next shorter, or it is dropped for ending before it began. Trusted only where the two ran one after the
 * other, where one doer did both (a run of ours, or somebody else's drive) so that nobody thought in between, and up to
 * what is short: who steps by hand leaves longer gaps, and idle time is no work.
 */
function betweenStamps({ before, leaf, passages }: Pair, parallel: ReadonlySet<string>): number | null {
  const [first, second] = [passages[before?.id ?? ''], passages[leaf.id]];
  if (before === null || first === undefined || second === undefined) return null;
  if (leaf.state !== 'completed' || before.state !== 'completed') return null;
  if (first.by !== second.by) return null;
  if (parallel.has(leaf.parent ?? '') || before.updated === null || leaf.updated === null) return null;
  const ms = Date.parse(leaf.updated) - Date.parse(before.updated);
  return ms >= 0 && ms <= shortMost ? ms : null;
}
