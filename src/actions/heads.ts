import type { Cluster } from '../protocol/cluster.ts';
import type { Head, Judgement } from '../protocol/judgement.ts';
import { planOld } from './in-the-way.ts';
import { clusterRuns, runWords } from './own-run.ts';
import { foreignProgress, progressRefusal } from './progress.ts';
import type { ActionRow, Facts } from './row.ts';

type Known = { cluster: Cluster; facts: Facts };

/** What is said before anything else of a row that needs control, the gravest first. */
export function headsOf(row: ActionRow, known: Known): Head[] {
  if (row.risk === 'read' || !row.wheel) return [];
  return [...oldPlan(known), ...queued(row, known), ...inProgress(known)];
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

function inProgress(known: Known): Head[] {
  return foreignProgress(known).map((progress) => {
    const { sentence, nextStep } = progressRefusal(progress);
    return { code: 'in-progress', message: sentence, nextStep, action: null };
  });
}
