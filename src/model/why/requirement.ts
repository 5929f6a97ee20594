import type { Cause } from '../../protocol/why.ts';
import { indexPlan } from '../phase-tree.ts';
import { blockers } from './blockers.ts';
import type { Reason } from './reason.ts';
import { told } from './told.ts';

/** Requirements not met, down to the leaf that blocks, and why that one does not run (engine-observed 2.4). */
export const requirementReason: Reason = {
  id: 'requires',
  explain(asked, again) {
    const { cluster, question } = asked;
    if (cluster.plan === null || question.phase === null || question.refusal !== null) return null;
    const index = indexPlan(cluster.plan);
    const state = index.byId.get(question.phase)?.state;
    if (state === 'completed' || state === 'in_progress') return null;
    const chain = blockers(index, question.phase);
    const leaf = chain.at(-1);
    if (leaf === undefined) return null;
    const causes = chain.map((id): Cause => {
      const how = index.byId.get(id)?.state.replace('_', ' ') ?? 'not in the plan';
      return told(asked, 'plan', `${how === 'unstarted' ? 'it' : 'and it'} requires ${id}, which is ${how}`);
    });
    const inner = again({ phase: leaf, refusal: null });
    const isPlain = inner.id === 'leaf.next' || inner.id === 'leaf.turn';
    return {
      question: `Why can ${question.phase} not run?`,
      causes: isPlain ? causes : [...causes, ...inner.causes],
      next: inner.next,
      after: inner.after ?? `then ${question.phase}`,
    };
  },
};
