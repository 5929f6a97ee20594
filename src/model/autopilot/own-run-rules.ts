import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import { isFinal } from '../../protocol/run.ts';
import { type Decision, holdFor, waitFor } from './decision.ts';
import { leafOf, ownRuns } from './own-runs.ts';

/** One leaf at a time: its own step is waited for, and one that did not end well is nothing to go on from. */
export function ownRunRule(cluster: Cluster, pilot: Autopilot): Decision | null {
  const [run] = ownRuns(cluster, pilot);
  if (run === undefined) return null;
  const leaf = leafOf(run) ?? 'its leaf';
  if (!isFinal(run.state)) return waitFor(`executes ${leaf}`, leaf);
  if (run.state === 'done') return null;
  if (run.interruptedBy !== null)
    return holdFor('operator', `${run.interruptedBy.user} interrupted ${leaf}`, leaf);
  // Gravity's sentence begins with the phase, which stands before it already: twice, it pushes the reason off the line.
  const whole = run.sentence ?? `the run is ${run.state}`;
  const said = whole.startsWith(`${leaf}: `) ? whole.slice(leaf.length + 2) : whole;
  if (run.state === 'cancelled') return holdFor('refused', `${leaf}: ${said}`, leaf);
  return holdFor(
    'failure',
    `${leaf} ${run.state === 'failed' ? 'failed' : `is ${run.state}`}: ${said}`,
    leaf,
  );
}

/** How long (ms) the plan may take to tell what a step that ended well has done: its word may come from another node. */
const lateMs = 60_000;

/** The step ended well, so its leaf is completed: a reading that does not say so yet is older than the step. */
export function notToldYet(cluster: Cluster, pilot: Autopilot, now: number): Decision | null {
  const [run] = ownRuns(cluster, pilot);
  const leaf = run && cluster.plan?.phases.find(({ id }) => id === leafOf(run));
  if (run === undefined || leaf === undefined || leaf.state === 'completed') return null;
  if (run.finishedAt !== null && now - Date.parse(run.finishedAt) > lateMs) {
    const sentence = `the step of ${leaf.id} ended well, and the plan still says ${leaf.state.replace('_', ' ')}`;
    return holdFor('failure', sentence, leaf.id);
  }
  return waitFor(`waits for the plan to say that ${leaf.id} is completed`, leaf.id);
}
