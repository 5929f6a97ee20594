import { ageOf } from '../model/age.ts';
import { span } from '../model/why/span.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { refuse } from './guard.ts';
import { clusterRuns, runWords } from './own-run.ts';
import { commandsAtWork, foreignProgress, progressRefusal } from './progress.ts';
import type { ActionRow, Facts, Refusal } from './row.ts';

/** What cannot be undone in place and works on the operation: force, roll back, complete, set and their like. */
export function destroys({ risk, lane }: Pick<ActionRow, 'risk' | 'lane'>): boolean {
  return risk === 'destroy' && lane === 'cluster';
}

/**
 * Why something that destroys is not done now: a run of this agent is on, or a phase is in progress that somebody else
 * runs or may run. Where nobody is known to run it, it is allowed: force is the repair of a killed gravity.
 */
export function inTheWay(row: ActionRow, cluster: Cluster, facts: Facts): Refusal | null {
  if (!destroys(row)) return null;
  const [run] = clusterRuns(cluster);
  if (run !== undefined)
    return refuse(
      `a run of this agent is on: ${runWords(cluster, run, facts.now)}`,
      'wait until it ends, or interrupt it: run.interrupt',
    );
  const busy = foreignProgress({ cluster, facts }).find(({ by }) => by !== 'nobody');
  if (busy !== undefined) return progressRefusal(busy);
  return gravityAtWork({ cluster, facts }) ?? planOld(cluster, facts);
}

/** A gravity that no run of this agent started works on the plan here, on a phase its command line does not name. */
function gravityAtWork(known: { cluster: Cluster; facts: Facts }): Refusal | null {
  const [command] = commandsAtWork(known);
  return command === undefined
    ? null
    : refuse(
        `gravity is at work on this machine, started outside this agent: ${command}`,
        'wait until it ends: w says more',
      );
}

/** The plan could not be read for this judgement: how old it is, and why; null where it was read, or nobody asked. */
export function planOld({ sources }: Cluster, { planUnread, now }: Facts): Refusal | null {
  if (!planUnread) return null;
  const { seconds } = ageOf(sources.plan, now);
  const age = seconds === null ? 'was never read' : `is ${span(seconds * 1000)} old`;
  return refuse(
    `the plan ${age} and could not be read now: ${planUnread}`,
    'try again once it can be read: gravity-console doctor shows what is wrong',
  );
}
