import type { Cluster } from '../../protocol/cluster.ts';
import type { DurationSample } from '../../protocol/learned.ts';
import type { Phase } from '../../protocol/phase.ts';
import { durationSamples, roleOf } from '../duration-samples.ts';
import { phaseKind } from '../phase-kinds.ts';
import { versionStep } from '../version-step.ts';

/** Where what is known of a leaf's time comes from, the nearest first. */
export type TimeFrom = 'siblings' | 'earlier' | 'defaults';

/**
 * What a leaf takes, ms: half of its kind take no longer than `p50`, nine of ten no longer than `p90`. `seen` are the
 * samples that say so, none for defaults.
 */
export type LeafTime = { p50: number; p90: number; from: TimeFrom; seen: readonly DurationSample[] };

/** Answers for the leaves of the cluster's plan: from this operation's siblings, else earlier operations, else the kind. */
export function leafTimes(cluster: Cluster): (leaf: Phase) => LeafTime {
  const siblings = durationSamples(cluster);
  return (leaf) => {
    const like = likeness(cluster, leaf);
    const [here, before] = [siblings.filter(like), cluster.earlier.filter(like)];
    if (here.length > 0) return learned(leaf, 'siblings', here);
    if (before.length > 0) return learned(leaf, 'earlier', before);
    const { p50, p90 } = phaseKind(leaf.kind);
    return { p50: p50 * 1000, p90: p90 * 1000, from: 'defaults', seen: [] };
  };
}

/** The same kind, about a node of the same role, in the same version step. */
function likeness({ plan }: Cluster, leaf: Phase): (sample: DurationSample) => boolean {
  const role = plan === null ? null : roleOf(plan, leaf);
  const step = plan === null ? null : versionStep(plan, leaf.id);
  return (sample) => sample.kind === leaf.kind && sample.role === role && sample.step === step;
}

/** The shape of the default's spread around the median of what was seen. */
function learned(leaf: Phase, from: TimeFrom, seen: readonly DurationSample[]): LeafTime {
  const times = seen.map(({ ms }) => ms).sort((one, other) => one - other);
  const p50 = times[Math.floor((times.length - 1) / 2)] ?? 0;
  const { p50: half, p90: most } = phaseKind(leaf.kind);
  return { p50, p90: Math.max(p50 * (most / half), times.at(-1) ?? p50), from, seen };
}
