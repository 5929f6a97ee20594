import type { Cluster } from '../../protocol/cluster.ts';
import type { DurationSample } from '../../protocol/learned.ts';
import type { Phase } from '../../protocol/phase.ts';
import { durationSamples } from '../duration-samples.ts';
import { type Likeness, likenesses } from '../likeness.ts';
import { phaseKind } from '../phase-kinds.ts';
import { type Past, pastOf } from './past.ts';
import { lowerMedian } from './quantile.ts';

/** Where what is known of a leaf's time comes from, the nearest first. */
export type TimeFrom = 'siblings' | 'earlier' | 'defaults';

/**
 * What a leaf takes, ms: half of its kind take no longer than `p50`, nine of ten no longer than `p90`. `seen` are the
 * samples that say so, none for defaults.
 */
export type LeafTime = { p50: number; p90: number; from: TimeFrom; seen: readonly DurationSample[] };

/**
 * Answers for the leaves of the cluster's plan: from this operation's siblings, else earlier operations, else the kind.
 * A sibling of another role comes after an earlier leaf of the same one: a master restarts more than a node does.
 */
export function leafTimes(
  { plan, passages, earlier }: Pick<Cluster, 'plan' | 'passages' | 'earlier'>,
  past: Past = pastOf(earlier),
): (leaf: Phase) => LeafTime {
  const siblings = Map.groupBy(durationSamples({ plan, passages }), ({ kind }) => kind);
  const like = plan === null ? null : likenesses(plan);
  const told = new Map<string, LeafTime>();
  const tell = (leaf: Phase): LeafTime => {
    const others = (siblings.get(leaf.kind) ?? []).filter(({ phase }) => phase !== leaf.id);
    const seen = { siblings: others, earlier: past.samples(leaf.kind) };
    const nearest = like === null ? null : nearestOf(like(leaf), seen);
    return nearest === null ? byDefault(leaf) : learned(leaf, nearest);
  };
  return (leaf) => {
    const time = told.get(leaf.id) ?? tell(leaf);
    told.set(leaf.id, time);
    return time;
  };
}

type Nearest = { from: Exclude<TimeFrom, 'defaults'>; samples: readonly DurationSample[] };

const widths: readonly ((leaf: Likeness, sample: DurationSample) => boolean)[] = [
  (leaf, sample) => sample.role === leaf.role && sample.step === leaf.step,
  (leaf, sample) => sample.role === leaf.role,
  () => true,
];

function nearestOf(leaf: Likeness, seen: Record<Nearest['from'], readonly DurationSample[]>): Nearest | null {
  const [exact, role, kind] = widths;
  const order = [
    { from: 'siblings', like: exact },
    { from: 'siblings', like: role },
    { from: 'earlier', like: exact },
    { from: 'earlier', like: role },
    { from: 'siblings', like: kind },
    { from: 'earlier', like: kind },
  ] as const;
  for (const { from, like } of order) {
    const samples = bestOf(seen[from].filter((sample) => like?.(leaf, sample)));
    if (samples.length > 0) return { from, samples };
  }
  return null;
}

/** What was watched tells more than what took at most so long. */
function bestOf(samples: readonly DurationSample[]): readonly DurationSample[] {
  const watched = samples.filter(({ atMost }) => !atMost);
  return watched.length > 0 ? watched : samples;
}

function byDefault({ kind }: Phase): LeafTime {
  const { p50, p90 } = phaseKind(kind);
  return { p50: p50 * 1000, p90: p90 * 1000, from: 'defaults', seen: [] };
}

/** The default's own spread counts as so many samples: two that happen to agree do not make a third one late. */
const defaultWeight = 4;
/** Ninety of a hundred lie within so many standard deviations above the median; a deviation is so many median ones. */
const toP90 = 1.2816;
const toDeviation = 1.4826;
/** Nothing is late by less than it may be late to be seen. */
const readingMs = 5000;

/**
 * The spread is learned as well, by the median distance from the median: one leaf that took ten times as long moves
 * neither figure by much.
 */
function learned({ kind }: Phase, { from, samples }: Nearest): LeafTime {
  const times = samples.map(({ ms }) => ms);
  const p50 = lowerMedian(times);
  const { p50: half, p90: most } = phaseKind(kind);
  const apart = lowerMedian(times.map((ms) => Math.abs(Math.log(Math.max(1, ms) / Math.max(1, p50)))));
  const own = toP90 * toDeviation * apart * times.length;
  const spread = (own + Math.log(most / half) * defaultWeight) / (times.length + defaultWeight);
  return { p50, p90: Math.max(p50 * Math.exp(spread), p50 + readingMs), from, seen: samples };
}
