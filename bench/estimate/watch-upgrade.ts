import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import { planChanges } from '../../src/model/plan-changes.ts';
import { withDoers } from '../../src/model/transition-doer.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { chance } from '../../src/simulator/chance.ts';
import type { Entry } from '../../src/simulator/changelog.ts';
import { resumeRun } from './resume-run.ts';
import type { Upgrade } from './upgrade.ts';

type Watch = { instants: readonly number[]; pauseMs: number; seed: number; from?: number };

/**
 * What the agent knows at some instants (epoch ms) of an upgrade it reads every `pauseMs` and resumed itself; given
 * `from` it came only then, and what ended before stands in the first plan it read.
 */
export function* watchUpgrade(
  upgrade: Upgrade,
  { instants, pauseMs, seed, from = upgrade.began }: Watch,
): Generator<{ now: number; cluster: Cluster; seen: readonly Entry[] }> {
  const { plan, entries, began } = upgrade;
  const missed = entries.filter(({ created }) => created < from);
  let cluster = watching(withEntries(plan, missed), began);
  // The first reading falls anywhere in the pause before the first leaf begins.
  let readAt = from - Math.ceil(chance(`${seed} first reading`) * pauseMs);
  let read = missed.length;
  for (const now of instants) {
    for (; readAt <= now; readAt += pauseMs) {
      const first = read;
      while ((entries[read]?.created ?? Number.POSITIVE_INFINITY) <= readAt) read += 1;
      if (read > first) cluster = after(cluster, entries.slice(first, read), readAt);
    }
    yield { now, cluster, seen: entries.slice(0, read) };
  }
}

/** A cluster whose plan was just read, and a resume of ours that runs. */
function watching(plan: Plan, began: number): Cluster {
  const cluster = emptyCluster({ kind: 'live', label: null, readOnly: false });
  const at = new Date(began).toISOString();
  const good = { ...cluster.sources.plan, state: 'good' as const, at, lastGood: at };
  return { ...cluster, plan, sources: { ...cluster.sources, plan: good }, runs: [resumeRun(at)] };
}

/** The events between two readings, by the product's own comparison, folded in. */
function after(cluster: Cluster, entries: readonly Entry[], readAt: number): Cluster {
  if (cluster.plan === null) throw new Error('the plan is gone');
  const events = planChanges(
    cluster.plan,
    withEntries(cluster.plan, entries),
    new Date(readAt).toISOString(),
  );
  return withDoers(cluster, events).reduce(fold, cluster);
}

function withEntries(plan: Plan, entries: readonly Entry[]): Plan {
  const newest = new Map(entries.map((entry) => [entry.phaseId, entry]));
  const phases = plan.phases.map((phase) => {
    const entry = newest.get(phase.id);
    return entry === undefined ? phase : { ...phase, state: entry.state, updated: entry.stamp };
  });
  return { ...plan, phases };
}
