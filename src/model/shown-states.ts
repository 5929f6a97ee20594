import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import { leafTimes } from './estimate/leaf-time.ts';
import { knownPlan } from './observed-plan.ts';
import { isRunning } from './running-leaf.ts';

/**
 * What the screen calls a phase. The known state, but for what gravity says of a stopped operation: an in-progress leaf is
 * `running` only with a known runner, else `unseen` (in progress, no known runner); a group partly done and idle
 * is `partly`, where gravity calls it in progress (design 4).
 */
export type ShownState =
  | 'unstarted'
  | 'running'
  | 'unseen'
  | 'partly'
  | 'completed'
  | 'failed'
  | 'rolled_back';

/**
 * The shown state of every phase by id. `now` in epoch ms, the agent's clock. Usual is what this cluster taught where it
 * did, else the kind's default. One pass over the plan.
 */
export function shownStates(cluster: Cluster, now: number): ReadonlyMap<string, ShownState> {
  const shown = new Map<string, ShownState>();
  if (cluster.plan === null) return shown;
  const leafOf = shownLeaf(cluster, now);
  const { phases } = knownPlan(cluster) ?? cluster.plan;
  const busy = busyGroups(phases, leafOf);
  for (const phase of phases) {
    shown.set(phase.id, phase.leaf ? leafOf(phase) : shownGroup(phase, busy));
  }
  return shown;
}

function shownLeaf(cluster: Cluster, now: number): (leaf: Phase) => ShownState {
  const anyRuns = knownPlan(cluster)?.phases.some(({ leaf, state }) => leaf && state === 'in_progress');
  const timeOf = anyRuns ? leafTimes(cluster) : null;
  return (leaf) => {
    if (leaf.state !== 'in_progress') return leaf.state;
    return isRunning(cluster, leaf, { usualMs: timeOf?.(leaf).p90 ?? 0, now }) ? 'running' : 'unseen';
  };
}

type Busy = { running: ReadonlySet<string>; unseen: ReadonlySet<string> };

/** The groups with a running leaf below them, and those with one nobody is seen running. */
function busyGroups(phases: readonly Phase[], leafOf: (leaf: Phase) => ShownState): Busy {
  const parents = new Map(phases.map((phase) => [phase.id, phase.parent]));
  const running = new Set<string>();
  const unseen = new Set<string>();
  for (const leaf of phases) {
    if (!leaf.leaf || leaf.state !== 'in_progress') continue;
    const groups = leafOf(leaf) === 'running' ? running : unseen;
    for (let at = leaf.parent; at !== null; at = parents.get(at) ?? null) groups.add(at);
  }
  return { running, unseen };
}

function shownGroup(group: Phase, { running, unseen }: Busy): ShownState {
  if (group.state !== 'in_progress') return group.state;
  if (running.has(group.id)) return 'running';
  return unseen.has(group.id) ? 'unseen' : 'partly';
}
