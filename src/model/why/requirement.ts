import type { Cause } from '../../protocol/why.ts';
import { indexPlan } from '../phase-tree.ts';
import type { Asked } from './asked.ts';
import { blockers } from './blockers.ts';
import type { Reason } from './reason.ts';
import { told } from './told.ts';

/** Requirements not met: first the leaf that blocks and why that one does not run, then what is between (engine-observed 2.4). */
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
    const how = index.byId.get(leaf)?.state.replace('_', ' ') ?? 'not in the plan';
    const root = told(asked, 'plan', `it waits for ${leaf}, which is ${how}`);
    const inner = again({ phase: leaf, refusal: null });
    const isPlain = inner.id === 'leaf.next' || inner.id === 'leaf.turn';
    return {
      question: `Why can ${question.phase} not run?`,
      causes: [root, ...(isPlain ? [] : inner.causes), ...between(asked, chain.slice(0, -1))],
      next: inner.next,
      after: inner.after ?? `then ${question.phase}`,
    };
  },
};

/** The phases of the chain between the one asked about and the one that blocks, as one cause. */
function between(asked: Asked, chain: readonly string[]): Cause[] {
  if (chain.length === 0) return [];
  const more = chain.length > shown ? ` and ${chain.length - shown} more` : '';
  return [told(asked, 'plan', `it requires ${chain.slice(0, shown).join(', which requires ')}${more}`)];
}

const shown = 4;
