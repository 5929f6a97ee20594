import type { Cluster } from '../protocol/cluster.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { etcdOutlook } from './etcd-quorum.ts';
import { outagesOf } from './outage/outages.ts';

/** The phase a reconciliation names, which no plan has: gravity meets etcd before it looks the phase up (nodes-facts 2.3). */
export const noSuchPhase = '/reconcile-only-no-such-phase';

/**
 * Why the local copy of the plan may lack what happened on other nodes. `ended-badly`: a run of ours ended in these phases
 * there, and how that was written down is not known here · `others`: somebody else moved the plan since · `never`: it was
 * not reconciled since the agent knows the operation, which has begun. `since` is when it last was.
 */
export type Unreconciled = {
  why: 'ended-badly' | 'others' | 'never';
  phases: string[];
  since: string | null;
};

/** Null when the copy has all that is known to have happened, or nothing can have happened elsewhere. */
export function unreconciled(cluster: Cluster): Unreconciled | null {
  const since = cluster.reconciled?.at ?? null;
  const phases = Object.entries(cluster.observed)
    .filter(([, { state, left }]) => state === 'failed' || left !== undefined)
    .map(([phase]) => phase);
  if (phases.length > 0) return { why: 'ended-badly', phases, since };
  if (!runsElsewhere(cluster)) return null;
  if (since === null) return { why: 'never', phases: [], since };
  const moved = Object.entries(cluster.passages).filter(
    ([, { by, changed }]) => by === null && changed > since,
  );
  return moved.length === 0 ? null : { why: 'others', phases: moved.map(([phase]) => phase), since };
}

/** An operation that has begun and has leaves on other nodes than where the agent stands. */
function runsElsewhere({ plan, place }: Cluster): boolean {
  const leaves = plan?.phases.filter(({ leaf }) => leaf) ?? [];
  const isElsewhere = leaves.some(({ runsOn }) => runsOn !== null && runsOn !== place.node);
  return isElsewhere && leaves.some(({ state }) => state !== 'unstarted');
}

/** Whether etcd is known not to answer at `now`: gravity then skips the reconciliation without a word. */
export function etcdIsDown(cluster: Cluster, now: number): boolean {
  if (outagesOf(cluster).etcdStopped(now)?.noQuorum) return true;
  const { status, health } = cluster.sources;
  const etcd = health.state === 'good' ? etcdOutlook(cluster, [], 'execute') : null;
  // A status without what etcd knows is outlived by a collection of health that began later: status may be a minute old.
  const isNewer = Date.parse(health.lastGood ?? '') > Date.parse(status.at ?? '');
  if (status.remarks.includes('partial') && (etcd === null || !isNewer)) return true;
  return etcd !== null && etcd.now < etcd.quorum;
}

const meetsEtcd = /^(plan (execute|rollback|resume|set|complete)|rollback|resume)( |$)/;

/**
 * Whether a run that is over had gravity reconcile: every command that moves a plan does so before it checks anything, also
 * when it then refuses (nodes-facts 2.2, 2.4). Not when gravity could not be started or its database was locked.
 */
export function hasReconciled(run: Run): boolean {
  const step = run.steps[run.step];
  if (step?.program !== 'gravity' || !isFinal(run.state) || run.exitCode === null) return false;
  const words = step.argv.filter((word) => !word.startsWith('-')).join(' ');
  return meetsEtcd.test(words) && !/is locked|could not be started/.test(run.sentence ?? '');
}
