import type { Cluster } from '../../protocol/cluster.ts';
import { isFinal } from '../../protocol/run.ts';
import { isClosed, meantOperation } from '../active-operation.ts';
import { nextLeaf } from '../next-leaf.ts';
import { operationRuns } from '../operation-runs.ts';
import { reachOf } from '../reach.ts';
import { runsLeaf } from '../runs-leaf.ts';
import { anyFailure } from './any-failure.ts';
import type { Asked } from './asked.ts';
import { type KnownPhase, knownPhase } from './known.ts';
import { next } from './next.ts';
import type { Answer, Reason } from './reason.ts';
import { noAgent } from './refusals-execute.ts';
import { told } from './told.ts';

/** The plan has no such phase. */
const unknown: Reason = {
  id: 'leaf.not-in-plan',
  explain(asked) {
    const { cluster, question } = asked;
    if (cluster.plan === null || question.phase === null || knownPhase(asked) !== null) return null;
    return {
      question: `Why is there no phase ${question.phase}?`,
      causes: [told(asked, 'plan', 'the plan has no phase of that name: ids are matched exactly')],
      next: next.hand('give the id exactly as the plan shows it, from the first slash on'),
      after: null,
    };
  },
};

const completed: Reason = row('leaf.completed', (_asked, { phase }) => {
  if (phase.state !== 'completed') return null;
  return {
    question: `Why is ${phase.id} as it is?`,
    causes: [{ text: 'it is completed', source: 'plan', at: phase.updated }],
    next: next.wait('nothing: it is done'),
    after: null,
  };
});

/** The plan's copy on the lead shows a leaf of another node late: nothing is recorded here before it succeeds. */
const underWay: Reason = row('leaf.under-way-elsewhere', (asked, { phase }) => {
  const run = operationRuns(asked.cluster).find((each) => !isFinal(each.state) && runsLeaf(each, phase.id));
  if (run === undefined || !phase.leaf || phase.state === 'in_progress') return null;
  const about = run.steps[run.step]?.phase === phase.id;
  if (!about) return null;
  const where = phase.runsOn === null ? '' : ` on ${phase.runsOn}`;
  return {
    question: `Why does ${phase.id} still say ${words(phase.state)}?`,
    causes: [
      told(asked, 'run', `the run ${run.id} (${run.label}) is at it`),
      told(asked, 'plan', `the plan’s copy here learns of a leaf${where} when it is over, or from etcd`),
    ],
    next: next.wait('wait: it is being run'),
    after: null,
  };
});

const agentless: Reason = row('leaf.no-agent', (asked, { phase }) => {
  const reach = reachOf(asked.cluster, asked.facts.agents);
  if (!phase.leaf || phase.runsOn === null || reach.isLocal(phase) || !reach.hasNoAgent(phase)) return null;
  const said = told(asked, 'agents', `it runs on ${phase.runsOn}, where no update agent answers`);
  return noAgent({ asked, said }, phase.runsOn, phase.id);
});

const failed: Reason = row('leaf.failed', (asked, { phase }) =>
  phase.leaf && phase.state === 'failed' ? anyFailure(asked, phase) : null,
);

const isNext: Reason = row('leaf.next', (asked, { phase }) => {
  const { cluster } = asked;
  if (!phase.leaf || cluster.plan === null || nextLeaf(cluster.plan)?.id !== phase.id) return null;
  const driving = drivenBy(cluster);
  const how =
    phase.state === 'rolled_back'
      ? 'it was rolled back, and may be executed again'
      : 'nothing holds it: it is next';
  const causes = [told(asked, 'plan', how), ...driving.map((text) => told(asked, 'run', text))];
  return {
    question: `Why does ${phase.id} not run?`,
    causes,
    next:
      driving.length > 0
        ? next.wait('wait: its turn comes by itself')
        : next.action('step', 'operation.step', { phase: phase.id }),
    after: null,
  };
});

const turn: Reason = row('leaf.turn', (asked, { phase }) => {
  const { plan } = asked.cluster;
  const first = plan === null ? null : nextLeaf(plan);
  if (!phase.leaf || first === null) return null;
  const driving = drivenBy(asked.cluster);
  return {
    question: `Why does ${phase.id} not run?`,
    causes: [
      told(
        asked,
        'plan',
        `its requirements are met; its turn comes after ${first.id}, which is ${words(first.state)}`,
      ),
      ...driving.map((text) => told(asked, 'run', text)),
    ],
    next:
      driving.length > 0
        ? next.wait('wait: its turn comes by itself')
        : next.action(`step the next leaf, ${first.id}`, 'operation.step', {}),
    after: null,
  };
});

export const leafReasons: readonly Reason[] = [unknown, completed, underWay, agentless, failed, isNext, turn];

/** The run that drives the whole plan, where there is one. */
function drivenBy({ runs }: Cluster): string[] {
  const run = runs.find(({ state, lane }) => lane === 'cluster' && !isFinal(state));
  return run === undefined ? [] : [`the run ${run.id} (${run.label}, by ${run.by.user}) is on`];
}

function words(state: string): string {
  return state.replace('_', ' ');
}

function row(id: string, answer: (asked: Asked, known: KnownPhase) => Answer | null): Reason {
  return {
    id,
    explain(asked) {
      if (asked.question.refusal !== null) return null;
      const known = knownPhase(asked);
      if (known === null) return null;
      const meant = meantOperation(asked.cluster);
      if (meant !== null && isClosed(meant) && known.phase.state !== 'completed') return null;
      return answer(asked, known);
    },
  };
}
