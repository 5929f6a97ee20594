import { defaultPatience } from '../model/autopilot/outage-rule.ts';
import { ownRuns } from '../model/autopilot/own-runs.ts';
import { breakpointsAhead, wayAhead } from '../model/autopilot/way-ahead.ts';
import { wrongs } from '../model/autopilot/wrongs.ts';
import { indexPlan } from '../model/phase-tree.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import { isFinal } from '../protocol/run.ts';
import { leavesImpact, noImpact } from './impact.ts';
import type { Facts } from './row.ts';

/** What an autopilot would run from here on, where it would stop first, and what is taken for granted by confirming. */
export function flightImpact(cluster: Cluster, facts: Facts, passed: readonly string[]): Impact {
  if (cluster.plan === null) return noImpact();
  const { leaves, stop } = wayAhead(cluster, passed, facts.now);
  const first =
    stop === null
      ? 'it stops at the end of the plan, before the operation is completed'
      : `it stops before ${stop.before}, ${stop.sentence}`;
  const touched = { cluster, facts, index: indexPlan(cluster.plan), leaves, way: 'execute' } as const;
  return leavesImpact(touched, {
    warnings: [
      first,
      'it stops at any failure, and where anybody else drives',
      breakpointsWords(cluster, passed, facts.now),
      ...acceptedWords(cluster, facts.now),
    ],
  });
}

/** Those ahead, which it will stop at; one that is behind, or that confirming passes, is not listed. */
function breakpointsWords(cluster: Cluster, passed: readonly string[], now: number): string {
  const ids = breakpointsAhead(cluster, passed, now).map(({ id }) => id);
  const shown =
    ids.length === 0 ? 'no breakpoint is ahead' : `breakpoints ahead: ${ids.slice(0, 8).join(', ')}`;
  const more = ids.length > 8 ? ` and ${ids.length - 8} more` : '';
  const patience = cluster.breakpoints.some(({ on }) => on === 'probe')
    ? ''
    : `; a probe may fail unexpectedly for ${defaultPatience} s`;
  return `${shown}${more}${patience}`;
}

function acceptedWords(cluster: Cluster, now: number): string[] {
  const failed = cluster.plan?.phases.filter(({ leaf, state }) => leaf && state === 'failed') ?? [];
  return [
    ...failed.map(({ id }) => `${id} failed: it is executed again`),
    ...wrongs(cluster, now).map(
      ({ said }) => `${said}: it goes on all the same, until that is well and fails again`,
    ),
  ];
}

/** What stopping it does not stop. */
export function runUnderWay(cluster: Cluster): string[] {
  const { autopilot } = cluster;
  const [run] = autopilot === null ? [] : ownRuns(cluster, autopilot);
  if (run === undefined || isFinal(run.state)) return [];
  return [
    `${run.steps[0]?.phase ?? 'the leaf under way'} goes on to its end; to kill it there is run.interrupt`,
  ];
}
