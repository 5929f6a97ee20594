import type { Cluster } from '../../protocol/cluster.ts';
import { isFinal } from '../../protocol/run.ts';
import { nextLeaf } from '../next-leaf.ts';
import { reachOf } from '../reach.ts';
import { anyFailure } from './any-failure.ts';
import { autopilotReasons, stoppedCause } from './autopilot.ts';
import { knownPhase } from './known.ts';
import { leafRow as row } from './leaf-row.ts';
import { next } from './next.ts';
import type { Reason } from './reason.ts';
import { noAgent } from './refusals-execute.ts';
import { sentences } from './sentences.ts';
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

const agentless: Reason = row('leaf.no-agent', (asked, { phase }) => {
  const reach = reachOf(asked.cluster, asked.facts.agents);
  if (!phase.leaf || phase.runsOn === null || reach.isLocal(phase) || !reach.hasNoAgent(phase)) return null;
  const said = told(asked, 'agents', `it runs on ${phase.runsOn}, where no update agent answers`);
  return noAgent({ asked, said }, phase.runsOn, phase.id);
});

const failed: Reason = row('leaf.failed', (asked, { phase }) =>
  phase.leaf && phase.state === 'failed' ? anyFailure(asked, phase) : null,
);

/**
 * Its run ended with an error and the plan shows nothing of it: a failed pre-check is written nowhere (nodes-facts 9.1), so
 * the error is told until the phase is tried again.
 */
const notBegun: Reason = row('leaf.not-begun', (asked, { phase }) => {
  const [said] = phase.leaf ? sentences(asked) : [];
  if (said === undefined || phase.state === 'failed') return null;
  const text = `the plan says ${words(phase.state)}: it failed before its work began`;
  return anyFailure(asked, phase, { text: said.text, causes: [said.cause, told(asked, 'plan', text)] });
});

const isNext: Reason = row('leaf.next', (asked, { phase }) => {
  const { cluster } = asked;
  if (!phase.leaf || cluster.plan === null || nextLeaf(cluster.plan)?.id !== phase.id) return null;
  const driving = drivenBy(cluster);
  const how =
    phase.state === 'rolled_back'
      ? 'it was rolled back, and may be run again'
      : 'ready to run: it is the next phase';
  const causes = [
    told(asked, 'plan', how),
    ...driving.map((text) => told(asked, 'run', text)),
    ...stoppedCause(asked),
  ];
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

export const leafReasons: readonly Reason[] = [
  unknown,
  completed,
  agentless,
  failed,
  notBegun,
  ...autopilotReasons,
  isNext,
  turn,
];

/** The run that drives the whole plan, where there is one. */
function drivenBy({ runs }: Cluster): string[] {
  const run = runs.find(({ state, lane }) => lane === 'cluster' && !isFinal(state));
  return run === undefined ? [] : [`the run ${run.id} (${run.label}, by ${run.by.user}) is running`];
}

function words(state: string): string {
  return state.replace('_', ' ');
}
