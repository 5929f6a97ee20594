import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Plan } from '../../protocol/plan.ts';
import { durationSamples } from '../duration-samples.ts';
import { goesBack } from '../goes-back.ts';
import { knownPlan } from '../observed-plan.ts';
import { inProgressFor, isRunning } from '../running-leaf.ts';
import { runsLeaf } from '../runs-leaf.ts';
import { endOf, type Left } from './end.ts';
import { type Forecast, forecastOf } from './forecast.ts';
import { type LeafTime, leafTimes } from './leaf-time.ts';
import { type Past, pastOf } from './past.ts';
import { sumUp } from './plan-sum.ts';
import { type Rest, restOf } from './rest.ts';

export { type Left, likelyRange } from './end.ts';

/**
 * What can be said about time at one instant. `left` of a phase is the middle guess of what is left of it, null where
 * nothing is; `isLate`: a leaf in progress is past its p90. `moving`: somebody is seen at work, so `end` runs from now;
 * else it is what is left once somebody goes on. `end` is null where no end can be said, and `why` says why. `known` is
 * what the next instant need not work out again.
 */
export type Timing = {
  leaf(id: string): LeafTime | null;
  left(id: string): number | null;
  isLate(id: string): boolean;
  moving: boolean;
  end: Left | null;
  why: string | null;
  known: Known;
};

/**
 * What depends on the plan, what is known beyond it, what was seen of it and earlier operations alone, and is kept while
 * those are the same. `whole` is the plan with the known states.
 */
export type Known = Pick<Cluster, 'plan' | 'passages' | 'observed'> & {
  past: Past;
  whole: Plan | null;
  timeOf(leaf: Phase): LeafTime;
  leaves: ReadonlyMap<string, Phase>;
  ahead: { forecast: Forecast; rest: Rest } | null;
};

/**
 * Time of the cluster's plan as of `now` (epoch ms, the agent's clock). Given the timing of the instant `before`, what
 * did not change since is not worked out again.
 */
export function timingOf(cluster: Cluster, now: number, before?: Timing): Timing {
  const known = knownOf(cluster, before?.known);
  const { whole: plan, leaves, timeOf } = known;
  const late = (leaf: Phase) => (inProgressFor(cluster, leaf, now) ?? 0) > timeOf(leaf).p90;
  const running = [...leaves.values()].filter(
    (leaf) => leaf.state === 'in_progress' && isRunning(cluster, leaf, { usualMs: timeOf(leaf).p90, now }),
  );
  const told = {
    leaf: (id: string) => ofLeaf(leaves, id, timeOf),
    isLate: (id: string) => ofLeaf(leaves, id, (leaf) => leaf.state === 'in_progress' && late(leaf)) ?? false,
    moving: running.length > 0 || isDriven(cluster),
    known,
  };
  const why = whyNoEnd(cluster, plan);
  if (why !== null || plan === null || known.ahead === null)
    return { ...told, left: () => null, end: null, why };
  const underWay = running.map((leaf) => ({ leaf, elapsed: inProgressFor(cluster, leaf, now) ?? 0 }));
  const { end, leftOf } = endOf(known.ahead, underWay);
  const left = sumUp(plan, (leaf) => (leaf.state === 'completed' ? null : leftOf(leaf)));
  return { ...told, left: (id) => left.get(id) ?? null, end, why: null };
}

function knownOf(cluster: Cluster, before: Known | undefined): Known {
  const { plan, passages, observed, earlier } = cluster;
  const past = before?.past.earlier === earlier ? before.past : pastOf(earlier);
  const isSame = before?.plan === plan && before.passages === passages && before.observed === observed;
  if (isSame && before.past === past) return before;
  const whole = knownPlan(cluster);
  const timeOf = leafTimes({ plan, passages, earlier }, past);
  const told = { plan, passages, observed, past, whole, timeOf };
  if (whole === null) return { ...told, leaves: new Map(), ahead: null };
  const forecast = forecastOf(whole, durationSamples({ plan, passages }), past);
  const leaves = new Map(whole.phases.filter((phase) => phase.leaf).map((leaf) => [leaf.id, leaf] as const));
  return { ...told, leaves, ahead: { forecast, rest: restOf(whole, forecast) } };
}

function ofLeaf<T>(leaves: ReadonlyMap<string, Phase>, id: string, tell: (leaf: Phase) => T): T | null {
  const leaf = leaves.get(id);
  return leaf === undefined ? null : tell(leaf);
}

/** Between two leaves of a run, or of an autopilot that is not held, somebody is at work as well. */
function isDriven({ plan, runs, autopilot }: Cluster): boolean {
  if (autopilot !== null && autopilot.state !== 'paused' && autopilot.hold === null) return true;
  return runs
    .filter(({ state }) => state === 'running')
    .some((run) => plan?.phases.some(({ id, leaf }) => leaf && runsLeaf(run, id)));
}

function whyNoEnd(cluster: Cluster, plan: Plan | null): string | null {
  if (plan === null) return 'there is no plan';
  const leaves = plan.phases.filter((phase) => phase.leaf);
  if (leaves.length === 0) return 'the plan has no phases';
  if (leaves.every(({ state }) => state === 'completed')) return 'every leaf is completed';
  return goesBack(cluster) ? 'it is going back: a rollback is under way' : null;
}
