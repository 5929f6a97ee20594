import type { Cluster } from '../../protocol/cluster.ts';
import type { Why } from '../../protocol/why.ts';
import { reasons } from './reasons.ts';

/**
 * What is asked about: a phase, or the operation as a whole when `phase` is null; `refusal` is the sentence something
 * was refused with (an action's, a run's), where that is the question.
 */
export type WhyQuestion = { phase: string | null; refusal: string | null };

/** What was fetched before answering; null is unknown. `now` is epoch ms by the agent's clock. */
export type WhyFacts = { now: number };

export type Asked = { cluster: Cluster; question: WhyQuestion; facts: WhyFacts };

/** Why something is as it is: the first row of the table of reasons that knows. Pure. */
export function whyOf(asked: Asked): Why {
  for (const { id, explain } of reasons) {
    const found = explain(asked);
    if (found !== null) return { id, phase: asked.question.phase, ...found };
  }
  return {
    id: 'unknown',
    phase: asked.question.phase,
    question: asked.question.refusal ?? `Why is ${asked.question.phase ?? 'the operation'} as it is?`,
    causes: [],
    next: {
      what: 'hand',
      text: 'nothing known here explains it: look at the output of the last run and at gravity’s logs',
      action: null,
      args: {},
      commands: [],
    },
    after: null,
  };
}
