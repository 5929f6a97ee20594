import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { indexPlan, leavesOf, type PlanIndex } from '../phase-tree.ts';
import type { WhyQuestion } from './asked.ts';
import { blockers } from './blockers.ts';
import { leafThatMatters } from './leaf-that-matters.ts';

/**
 * The leaf a question comes down to: the one a refusal names, the one that matters in a group or in the whole, the one
 * that blocks. What is fetched before answering is about that one. Null where there is none.
 */
export function leafBehind({ plan }: Cluster, { phase, refusal }: WhyQuestion): Phase | null {
  if (plan === null) return null;
  const index = indexPlan(plan);
  const about = named(index, refusal) ?? phase;
  const leaves = about === null ? plan.phases.filter(({ leaf }) => leaf) : leavesOf(index, about);
  const leaf = leafThatMatters(leaves);
  if (leaf === null || leaf.state === 'in_progress') return leaf;
  return index.byId.get(blockers(index, leaf.id).at(-1) ?? leaf.id) ?? leaf;
}

/** The first phase of the plan a sentence names. */
function named(index: PlanIndex, sentence: string | null): string | null {
  const words = sentence?.match(/\/[^\s":,]+/g) ?? [];
  return words.find((word) => index.byId.has(word)) ?? null;
}
