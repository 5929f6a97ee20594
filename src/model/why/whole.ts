import type { Problem } from '../../protocol/problem.ts';
import { isClosed, type MeantOperation, meantOperation } from '../active-operation.ts';
import { drivingBinary } from '../driving-binary.ts';
import { nextLeaf } from '../next-leaf.ts';
import { operationName } from '../operation-name.ts';
import { allLeaves } from '../phase-tree.ts';
import { standing } from '../place.ts';
import { planAbsence } from '../plan-absence.ts';
import { resetMidwayWords } from '../reset-midway.ts';
import { rolledBackAt } from '../rolled-back.ts';
import type { Asked } from './asked.ts';
import { binaryHelp } from './binary-help.ts';
import { gravityPath } from './gravity-path.ts';
import { counts } from './leaf-counts.ts';
import { leftBehindReasons } from './left-behind.ts';
import { next } from './next.ts';
import type { Reason } from './reason.ts';
import { span } from './span.ts';
import { told } from './told.ts';
import { whole } from './whole-row.ts';

/** The plan cannot be read: another process has its database (client-facts 11). */
const locked: Reason = whole('plan.locked', (asked) => {
  const found = planProblem(asked);
  if (found?.code !== 'gravity.locked') return null;
  return {
    question: 'Why can the plan not be read?',
    causes: [told(asked, 'gravity', found.sentence), told(asked, 'plan', lastRead(asked))],
    next: next.wait(
      'wait: another gravity holds the local database, for half a minute at most when all is well',
    ),
    after: 'if it stays so, see who holds it: fuser -v /var/lib/gravity/site/update/gravity.db',
  };
});

/** The operation was created, and its plan never was (engine.md 10; recording cli/active-plan-json). */
const withoutPlan: Reason = whole('operation.no-plan', (asked) => {
  if (planProblem(asked)?.code !== 'gravity.no-plan' || planAbsence(asked.cluster) !== null) return null;
  return {
    question: 'Why is there an operation and no plan?',
    causes: [
      told(asked, 'gravity', planProblem(asked)?.sentence ?? ''),
      told(asked, 'status', 'the operation was created and making its plan failed: nothing of it was run'),
    ],
    next: next.action(
      'close it: it is marked as failed, and the cluster is active again',
      'operation.complete',
    ),
    after: 'start the operation again',
  };
});

const unread: Reason = whole('plan.unread', (asked) => {
  const found = planProblem(asked);
  if (found === null || found.code === 'gravity.no-operation') return null;
  if (planAbsence(asked.cluster) !== null) return null;
  return {
    question: 'Why can the plan not be read?',
    causes: [told(asked, 'gravity', found.sentence), told(asked, 'plan', lastRead(asked))],
    next: next.hand(found.nextStep, `${gravityPath(asked.cluster)} plan`),
    after: 'the agent reads it again by itself',
  };
});

/** The cluster is marked as busy, and there is no operation that could ever end that (engine.md 10: upgrade abandoned). */
const busyForNothing: Reason = whole('cluster.busy-for-nothing', (asked) => {
  const { status } = asked.cluster;
  const state = status?.state ?? null;
  if (status === null || state === null || state === 'active' || state === 'degraded') return null;
  const meant = meantOperation(asked.cluster);
  if (status.activeOperations.length > 0 || (meant !== null && !isClosed(meant))) return null;
  return {
    question: `Why is the cluster ${state}?`,
    causes: [
      told(asked, 'status', `the cluster’s record says ${state}, and no operation is open that could end it`),
      told(asked, 'status', 'until it is active, joins, upgrades and removals are refused'),
    ],
    next: next.action(
      'reset the cluster’s state to active: the last resort, for exactly this',
      'cluster.status-reset',
    ),
    after:
      'look at the nodes’ versions first if an upgrade was closed half-way: nodes may be of different ones',
  };
});

const nothing: Reason = whole('operation.nothing-open', (asked) => {
  const meant = planAbsence(asked.cluster) === 'idle' ? null : meantOperation(asked.cluster);
  if (meant !== null && !isClosed(meant)) return null;
  if (meant === null && asked.cluster.sources.plan.state === 'never') return null;
  const left = deployedAgents(asked);
  const what = meant === null ? 'no operation is open' : `the ${operationName(meant.type)} is completed`;
  const causes = [told(asked, 'status', `${what}: nothing is waiting`)];
  if (meant === null || left.length === 0)
    return {
      question: 'What does the operation wait for?',
      causes,
      next: next.wait('no action needed'),
      after: null,
    };
  return {
    question: 'What does the operation wait for?',
    causes: [...causes, told(asked, 'agents', `update agents are left on ${left.slice(0, 6).join(', ')}`)],
    next: next.action('shut the update agents down: they are no longer needed', 'agent.shutdown'),
    after: null,
  };
});

/** After the last leaf run by hand the operation is in progress still (engine-observed 6). */
const allDone: Reason = whole('operation.all-done', (asked) => {
  const { plan } = asked.cluster;
  const leaves = plan === null ? [] : allLeaves(plan);
  if (leaves.length === 0 || leaves.some(({ state }) => state !== 'completed')) return null;
  return {
    question: 'Why is the operation still open?',
    causes: [
      told(asked, 'plan', `${counts(leaves)}: phases run one by one never close the operation`),
      told(asked, 'status', stateWords(asked, meantOperation(asked.cluster))),
    ],
    next: next.action(
      'complete it: the new version becomes the cluster’s, and the cluster active',
      'operation.complete',
    ),
    after: 'then shut the update agents down: agent.shutdown',
  };
});

/** All that ran is rolled back and the operation is closed as failed: asked about any of it, nothing is left to do. */
const rolledBack: Reason = {
  id: 'operation.rolled-back',
  explain(asked) {
    const { cluster, question } = asked;
    const at = question.refusal !== null || question.node ? null : rolledBackAt(cluster);
    if (at === null || cluster.plan === null) return null;
    const name = operationName(cluster.plan.operation.type);
    const left = deployedAgents(asked);
    const when = at === '' ? '' : ` at ${at.slice(11, 19)}`;
    const text = `rolled back completely${when}: the ${name} is over, closed as failed`;
    return {
      question:
        question.phase === null ? `What became of the ${name}?` : `Why does ${question.phase} not run?`,
      causes: [
        { text, source: 'plan', at: at === '' ? null : at },
        told(asked, 'status', `the cluster is ${cluster.status?.state ?? 'in a state not read'}`),
      ],
      next:
        left.length > 0
          ? next.action(
              `shut the update agents down: they are left on ${left.slice(0, 6).join(', ')}`,
              'agent.shutdown',
            )
          : next.wait('no action needed'),
      after: null,
    };
  },
};

/** The record of the cluster was set to active in the middle of an operation, which is two truths at once. */
const resetMidway: Reason = whole('cluster.reset-midway', (asked) => {
  const text = resetMidwayWords(asked.cluster);
  const { plan } = asked.cluster;
  if (text === null || plan === null) return null;
  const leaf = nextLeaf(plan);
  return {
    question: 'Why is the cluster active in the middle of its operation?',
    causes: [
      told(asked, 'status', text),
      told(asked, 'plan', counts(allLeaves(plan))),
      told(
        asked,
        'gravity',
        'gravity would accept other operations now (a join, a removal, another upgrade): start none of them',
      ),
    ],
    next:
      leaf === null
        ? next.action('complete the operation', 'operation.complete')
        : next.action(
            `continue the operation with ${leaf.id}: gravity still runs its phases`,
            'operation.step',
          ),
    after: 'or roll all of it back: operation.rollback. Never leave it half done',
  };
});

const elsewhere: Reason = whole('place.elsewhere', (asked) => {
  const { here, lead, isLead } = standing(asked.cluster);
  if (isLead !== false || lead === null) return null;
  return {
    question: 'Why is the plan not driven from here?',
    causes: [
      told(asked, 'plan', `its lead master is ${lead.hostname}/${lead.ip}`),
      told(
        asked,
        'agent',
        `this is ${here ?? asked.cluster.place.ip}: what is run here is kept in the wrong database`,
      ),
    ],
    next: next.hand(
      `go to ${lead.hostname} and drive from there`,
      `tsh ssh root@${lead.hostname}`,
      `ssh root@${lead.ip}`,
      'gravity-console',
    ),
    after: 'there, step or resume',
  };
});

const otherBinary: Reason = whole('place.other-binary', (asked) => {
  const wanted = asked.cluster.plan?.operation.gravityVersion ?? null;
  const { binary, fits } = drivingBinary(asked.cluster);
  if (wanted === null || (fits && binary !== null)) return null;
  return { question: 'Why does this gravity not drive the plan?', ...binaryHelp(asked, wanted) };
});

const idleMs = 6 * 3600 * 1000;

/** It failed, nobody has touched it for hours, and the cluster stays busy: joins and removals are refused (engine.md 10). */
const abandoned: Reason = whole('operation.abandoned', (asked) => {
  const { plan, status } = asked.cluster;
  const meant = meantOperation(asked.cluster);
  if (plan === null || meant?.state !== 'failed' || !/^updating/.test(status?.state ?? '')) return null;
  const leaves = allLeaves(plan);
  if (leaves.some(({ state }) => state === 'in_progress')) return null;
  const last = Math.max(...leaves.map(({ updated }) => (updated === null ? 0 : Date.parse(updated))));
  const idle = asked.facts.now - last;
  if (last === 0 || idle < idleMs) return null;
  return {
    question: `Why is the cluster ${status?.state}?`,
    causes: [
      told(
        asked,
        'status',
        `the ${operationName(meant.type)} failed, and the cluster stays ${status?.state}: joins and removals are refused`,
      ),
      told(asked, 'plan', `${counts(leaves)}; nothing moved for ${span(idle)}`),
    ],
    next: next.action(
      'roll everything back, where nobody means to finish it: the cluster is then as before',
      'operation.rollback',
    ),
    after:
      'to finish it instead, ask why of the leaf that failed; completing it half-way leaves mixed versions: operation.complete',
  };
});

export const wholeReasons: readonly Reason[] = [
  ...leftBehindReasons,
  rolledBack,
  locked,
  withoutPlan,
  unread,
  busyForNothing,
  resetMidway,
  nothing,
  allDone,
  elsewhere,
  otherBinary,
  abandoned,
];

function planProblem({ cluster }: Asked): Problem | null {
  const { state, problem } = cluster.sources.plan;
  return state === 'failing' ? problem : null;
}

function lastRead({ cluster, facts }: Asked): string {
  const { lastGood, failures } = cluster.sources.plan;
  const when = lastGood === null ? 'never' : `${span(facts.now - Date.parse(lastGood))} ago`;
  return `it was read well ${when}, and failed ${failures} times since`;
}

function stateWords({ cluster }: Asked, meant: MeantOperation | null): string {
  return `the ${operationName(meant?.type ?? null)} is ${meant?.state ?? 'in a state not read'}, the cluster ${cluster.status?.state ?? 'in a state not read'}`;
}

function deployedAgents({ cluster, facts }: Asked): string[] {
  const agents = facts.agents ?? cluster.agents ?? [];
  return agents.filter(({ state }) => state === 'deployed').map(({ hostname }) => hostname);
}
