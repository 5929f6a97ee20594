import { unreconciled } from '../model/reconciled.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Head, Judgement } from '../protocol/judgement.ts';
import { needsControl } from './control.ts';
import { planOld } from './in-the-way.ts';
import { clusterRuns, runWords } from './own-run.ts';
import { foreignProgress, progressRefusal } from './progress.ts';
import type { ActionRow, Facts } from './row.ts';

type Known = { cluster: Cluster; facts: Facts };

/** What is said before anything else of a row that needs control, the gravest first. */
export function headsOf(row: ActionRow, known: Known): Head[] {
  if (!needsControl(row)) return [];
  return [...oldPlan(known), ...queued(row, known), ...inProgress(known), ...notReconciled(row, known)];
}

/** The run it would wait for; null where it would start at once. */
export function queuesBehind(row: ActionRow, { cluster }: Known): Judgement['queuesBehind'] {
  const [first, ...waiting] = row.lane === 'cluster' ? clusterRuns(cluster) : [];
  return first === undefined ? null : { run: first.id, waiting: waiting.length };
}

function oldPlan({ cluster, facts }: Known): Head[] {
  const old = planOld(cluster, facts);
  return old === null
    ? []
    : [{ code: 'plan-old', message: old.sentence, nextStep: old.nextStep, action: null }];
}

function queued(row: ActionRow, { cluster, facts }: Known): Head[] {
  const behind = queuesBehind(row, { cluster, facts });
  const run = cluster.runs.find(({ id }) => id === behind?.run);
  if (!behind || run === undefined) return [];
  const { waiting } = behind;
  const others = waiting === 0 ? '' : ` and ${waiting} more`;
  return [
    {
      code: 'queues',
      message: `QUEUES behind ${runWords(cluster, run, facts.now)}${others}`,
      nextStep: 'it is judged again when its turn comes, and cancelled if anything changed',
      action: null,
    },
  ];
}

/** A rollback walks what the copy of this node says ran: what failed elsewhere may be missing in it (nodes-facts 4). */
function notReconciled({ rollsBack }: ActionRow, { cluster }: Known): Head[] {
  const lacks = rollsBack === true ? unreconciled(cluster) : null;
  if (lacks === null) return [];
  const since = lacks.since === null ? 'never' : `last at ${lacks.since.slice(11, 19)} UTC`;
  const [phase, ...others] = lacks.phases;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const about = phase === undefined ? '' : `, since when ${phase}${more} ran on another node`;
  return [
    {
      code: 'not-reconciled',
      message: `this node's copy of the plan was reconciled ${since}${about}: phases may have run elsewhere that it does not show`,
      nextStep: 'reconcile first: operation.reconcile',
      action: 'operation.reconcile',
    },
  ];
}

function inProgress(known: Known): Head[] {
  return foreignProgress(known).map((progress) => {
    const { sentence, nextStep } = progressRefusal(progress);
    return { code: 'in-progress', message: sentence, nextStep, action: null };
  });
}
