import type { Cause, Why } from '../../protocol/why.ts';
import { knownPlan } from '../observed-plan.ts';
import { outagesOf } from '../outage/outages.ts';
import { planAbsence } from '../plan-absence.ts';
import { type Asked, nothingFetched, type WhyFacts, type WhyQuestion } from './asked.ts';
import { pausedBeside } from './autopilot.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { reasons } from './reasons.ts';
import { told } from './told.ts';

/** A chain of leaves that block each other is followed this far. */
const deepest = 6;

/** A question as it comes: facts that are left out were not fetched. */
type Question = Omit<Asked, 'facts' | 'outages'> & { facts: Partial<WhyFacts> & Pick<WhyFacts, 'now'> };

/**
 * Why something is as it is: the first row of the table of reasons that knows. Pure. A phase is in the state that is known
 * of it, which on another node counts before what the plan says.
 */
export function whyOf({ facts, ...question }: Question): Why {
  const outages = outagesOf(question.cluster);
  const cluster = { ...question.cluster, plan: knownPlan(question.cluster) };
  return explained({ ...question, cluster, outages, facts: { ...nothingFetched(facts.now), ...facts } }, 0);
}

function explained(asked: Asked, depth: number): Why {
  const { phase } = asked.question;
  const again = (question: WhyQuestion): Why => explained({ ...asked, question }, depth + 1);
  if (depth < deepest) {
    for (const { id, explain } of reasons) {
      const found = explain(asked, again);
      if (found === null) continue;
      const beside = depth > 0 ? [] : [...pausedBeside(asked, found), ...staleness(asked)];
      return { id, ...found, phase, causes: [...found.causes, ...beside] };
    }
  }
  return unexplained(asked);
}

/** The plan could not be read since: said once, at the end of the chain. */
function staleness(asked: Asked): Cause[] {
  const { state, problem, lastGood } = asked.cluster.sources.plan;
  if (planAbsence(asked.cluster) !== null) return [];
  if (state !== 'failing' || asked.cluster.plan === null || lastGood === null) return [];
  const text = `the plan could not be read again since ${lastGood.slice(11, 19)}: ${problem?.sentence ?? 'no reason is known'}`;
  return [told(asked, 'plan', text)];
}

/** Nothing in the table fits: what was said is repeated, and where gravity itself tells more is named. */
function unexplained(asked: Asked): Why {
  const { cluster, question } = asked;
  const said = question.refusal;
  return {
    id: 'unknown',
    phase: question.phase,
    question: said ?? `Why is ${question.phase ?? 'the operation'} as it is?`,
    causes:
      said === null
        ? []
        : [told(asked, 'gravity', 'these words are not known here: nothing more can be said of them')],
    next: next.hand(
      'nothing known here explains it: look at the output of the last run and at gravity’s logs',
      `${gravityPath(cluster)} plan`,
      'tail -n 100 /var/log/gravity-system.log',
    ),
    after: null,
  };
}
