import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Cluster, Passage } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { isFinal } from '../../protocol/run.ts';
import { knownState } from '../observed-plan.ts';
import { type Decision, holdFor, waitFor } from './decision.ts';
import { isPilot, leafOf, ownRuns, wasDropped } from './own-runs.ts';

/**
 * Never while anybody else drives the plan: an operator with the wheel or with a run through this agent, another shell,
 * or gravity itself. What was done before it was armed or let go on is known to who did that.
 */
export function elsewhereRule(cluster: Cluster, pilot: Autopilot): Decision | null {
  return wheelTaken(cluster, pilot) ?? otherRun(cluster, pilot) ?? otherDoer(cluster, pilot);
}

function wheelTaken({ wheel }: Cluster, pilot: Autopilot): Decision | null {
  if (wheel.holder === null || isPilot(pilot, wheel.holder)) return null;
  return holdFor('operator', `${wheel.holder.user} took the wheel`);
}

function otherRun(cluster: Cluster, pilot: Autopilot): Decision | null {
  const others = cluster.runs.filter((run) => run.lane === 'cluster' && !isPilot(pilot, run.by));
  const since = Date.parse(pilot.since);
  const after = others.find((run) => Date.parse(run.queuedAt) >= since && !wasDropped(run));
  if (after) {
    const whole = after.action === 'operation.resume';
    const who = `${after.by.user} ran ${after.label}${after.steps[0]?.phase ? ` ${after.steps[0].phase}` : ''}`;
    return holdFor(whole ? 'elsewhere' : 'operator', `${who} while the autopilot was armed`);
  }
  const before = others.find((run) => !isFinal(run.state));
  return before ? waitFor(`waits until ${before.label} of ${before.by.user} ends (run ${before.id})`) : null;
}

/** Whose run a leaf's last change was is told by its passage; the leaves of our own steps are ours while they go forward. */
function otherDoer(cluster: Cluster, pilot: Autopilot): Decision | null {
  const own = new Set(ownRuns(cluster, pilot).map(leafOf));
  const leaves = cluster.plan?.phases.filter(({ leaf }) => leaf) ?? [];
  for (const leaf of leaves) {
    const isOwn = own.has(leaf.id) && leaf.state !== 'unstarted' && leaf.state !== 'rolled_back';
    const told = isOwn ? null : strange(cluster, pilot, leaf);
    if (told !== null) return told;
  }
  return null;
}

function strange(cluster: Cluster, pilot: Autopilot, leaf: Phase): Decision | null {
  const passage = cluster.passages[leaf.id];
  const state = knownState(cluster, leaf);
  const after = passage !== undefined && Date.parse(passage.changed) > Date.parse(pilot.since);
  if (!after && state !== 'in_progress') return null;
  const run = doer(cluster, passage);
  if (run?.finishedAt && Date.parse(run.finishedAt) <= Date.parse(pilot.since) && state !== 'in_progress')
    return null;
  if (run && isPilot(pilot, run.by) && leaf.state !== 'in_progress') return null;
  const what = `${leaf.id} ${state === 'in_progress' ? 'is in progress' : `went to ${state.replace('_', ' ')}`}`;
  if (run && !isPilot(pilot, run.by))
    return holdFor('operator', `${what}, by ${run.label} of ${run.by.user}`, leaf.id);
  return holdFor(
    'elsewhere',
    `${what}, and no run of this agent does it: another shell, or gravity itself`,
    leaf.id,
  );
}

function doer({ runs }: Cluster, passage: Passage | undefined) {
  return passage?.by === undefined || passage.by === null
    ? undefined
    : runs.find(({ id }) => id === passage.by);
}
