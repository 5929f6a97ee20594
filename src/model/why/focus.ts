import { allLeaves, indexPlan, leavesOf } from '../phase-tree.ts';
import { counts } from './leaf-counts.ts';
import { leafThatMatters } from './leaf-that-matters.ts';
import type { Reason } from './reason.ts';
import { told } from './told.ts';

/** A group, or the operation as a whole: the leaf of it that matters now, and why that one is as it is. */
export const focusReason: Reason = {
  id: 'group',
  explain(asked, again) {
    const { cluster, question } = asked;
    if (cluster.plan === null || question.refusal !== null) return null;
    const index = indexPlan(cluster.plan);
    const group = question.phase === null ? null : index.byId.get(question.phase);
    if (group === undefined || group?.leaf) return null;
    const leaves = group === null ? allLeaves(cluster.plan) : leavesOf(index, group.id);
    const leaf = leafThatMatters(leaves);
    if (leaf === null) return null;
    const inner = again({ phase: leaf.id, refusal: null });
    const name = group?.id ?? 'the operation';
    const count = told(asked, 'plan', `${counts(leaves)}; what matters is ${leaf.id}`);
    return {
      ...inner,
      id: inner.id,
      question: inner.id === 'progress.running' ? `What is ${name} doing?` : `Why is ${name} not moving?`,
      causes: [count, ...inner.causes],
    };
  },
};
