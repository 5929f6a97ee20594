import type { Cluster, Passage } from '../protocol/cluster.ts';
import type { DurationSample } from '../protocol/learned.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';
import { likenesses } from './likeness.ts';
import { phaseKind } from './phase-kinds.ts';

/**
 * What the completed leaves of the plan took: by gravity's own stamps where they can be trusted (`betweenStamps`), else
 * between the readings that saw a leaf begin and end. Only the stamps know what a leaf shorter than the pause between two
 * readings took: it is seldom seen in progress, and when it is, it seems to last the whole pause. They alone also tell
 * of what ended before anybody watched (`unwatched`), which is how a console opened half way learns.
 */
export function durationSamples({ plan, passages }: Pick<Cluster, 'plan' | 'passages'>): DurationSample[] {
  if (plan === null) return [];
  const like = likenesses(plan);
  const parallel = sideBySide(plan);
  const samples: DurationSample[] = [];
  let before: Phase | null = null;
  for (const leaf of plan.phases) {
    if (!leaf.leaf) continue;
    const pair = { before, leaf, passages };
    const ms = oneDoer(pair, parallel) ?? betweenReadings(leaf, passages[leaf.id]);
    const most = ms === null ? unwatched(pair, parallel) : null;
    const took = ms ?? most;
    if (took !== null) {
      const sample = { operation: plan.operation.id, phase: leaf.id, ...like(leaf), ms: Math.max(0, took) };
      samples.push(most === null ? sample : { ...sample, atMost: true });
    }
    before = leaf;
  }
  return samples;
}

/** The groups whose phases run side by side, and all groups in them: there the leaf before is no beginning. */
function sideBySide({ phases }: Plan): ReadonlySet<string> {
  const groups = new Set<string>();
  for (const { id, parent, parallel } of phases) if (parallel || groups.has(parent ?? '')) groups.add(id);
  return groups;
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
 * Between the stamps where one doer did both leaves (a run of ours, an autopilot step by step, or somebody else's drive),
 * so that nobody thought in between, and up to what is short: who steps by hand leaves longer gaps, and idle time is no
 * work. An autopilot's leaf has the start of its gravity in it, which it also will have next time.
 */
function oneDoer(pair: Pair, parallel: ReadonlySet<string>): number | null {
  const { before, leaf, passages } = pair;
  const [first, second] = [passages[before?.id ?? ''], passages[leaf.id]];
  if (first === undefined || second === undefined) return null;
  if (first.by !== second.by && !(first.pilot && second.pilot)) return null;
  const ms = betweenStamps(pair, parallel);
  return ms !== null && ms <= shortMost ? ms : null;
}

/**
 * Nobody watched, so only what can be believed of the kind (priors.ts) is: longer was waited for or stuck, shorter was set
 * by hand.
 */
const believed = 5;

/** What a leaf took at most that had ended, with the one before it, when the plan was first read. */
function unwatched(pair: Pair, parallel: ReadonlySet<string>): number | null {
  const { before, leaf, passages } = pair;
  if (before === null || passages[before.id] !== undefined || passages[leaf.id] !== undefined) return null;
  const ms = betweenStamps(pair, parallel);
  const usual = phaseKind(leaf.kind).p50 * 1000;
  return ms !== null && ms >= usual / believed && ms <= usual * believed ? ms : null;
}

/**
 * From the end of the leaf before to the end of this one, by gravity's `updated`, where the two ran one after the other.
 * The last stamp of a completed leaf is the coordinator's, wherever it ran (engine-observed 2, rule 9), unless that
 * node's clock is ahead: then one leaf seems longer and the next shorter, or it is dropped for ending before it began.
 */
function betweenStamps({ before, leaf }: Pair, parallel: ReadonlySet<string>): number | null {
  if (leaf.state !== 'completed' || before?.state !== 'completed') return null;
  if (parallel.has(leaf.parent ?? '') || before.updated === null || leaf.updated === null) return null;
  const ms = Date.parse(leaf.updated) - Date.parse(before.updated);
  return ms >= 0 ? ms : null;
}
